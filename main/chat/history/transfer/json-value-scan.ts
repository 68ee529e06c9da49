/** Finds the end of one JSON value, over as many chunks of text as it takes; `jsonElements` says where values begin. */
export class JsonValueScan {
  readonly #longest: number;
  readonly #pieces: string[] = [];
  #length = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;
  #isComplete = false;

  constructor(longest: number) {
    this.#longest = longest;
  }

  get isComplete(): boolean {
    return this.#isComplete;
  }

  get text(): string | null {
    return this.#length > this.#longest ? null : this.#pieces.join('');
  }

  /** Returns where it stopped: after the value, or at the end of the chunk. */
  read(chunk: string, start: number): number {
    let at = start;
    for (; at < chunk.length && !this.#isComplete; at += 1) {
      const code = chunk.charCodeAt(at);
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (code === 92) this.#escaped = true;
        else if (code === 34) {
          this.#inString = false;
          this.#isComplete = this.#depth === 0;
        }
      } else if (code === 34) this.#inString = true;
      else if (code === 123 || code === 91) this.#depth += 1;
      else if (code === 125 || code === 93) {
        if (this.#depth === 0) return this.#end(chunk, start, at);
        this.#depth -= 1;
        this.#isComplete = this.#depth === 0;
      } else if (this.#depth === 0 && (code === 44 || isSpace(chunk.charAt(at)))) return this.#end(chunk, start, at);
    }
    this.#keep(chunk.slice(start, at));
    return at;
  }

  /** A number or a word ends before what follows it. */
  #end(chunk: string, start: number, at: number): number {
    this.#keep(chunk.slice(start, at));
    this.#isComplete = true;
    return at;
  }

  #keep(piece: string): void {
    this.#length += piece.length;
    if (this.#length > this.#longest) this.#pieces.length = 0;
    else this.#pieces.push(piece);
  }
}

export function isSpace(character: string): boolean {
  return character === ' ' || character === '\n' || character === '\r' || character === '\t';
}
