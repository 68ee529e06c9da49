/** A vocabulary in the order of its bytes, so that all tokens with a given beginning lie side by side. */
export class ByteOrder {
  readonly #ids: Uint32Array;
  readonly #texts: readonly string[];

  /** Texts of bytes (token-bytes.ts), each with its id; empty ones are left out. */
  constructor(entries: readonly { id: number; text: string }[]) {
    const sorted = entries
      .filter(({ text }) => text !== '')
      .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
    this.#ids = Uint32Array.from(sorted, ({ id }) => id);
    this.#texts = sorted.map(({ text }) => text);
  }

  /** The ids of all texts that begin with these bytes. */
  startingWith(beginning: string): Uint32Array {
    const start = this.#firstFrom((text) => text >= beginning);
    return this.#ids.subarray(
      start,
      this.#firstFrom((text) => text >= beginning && !text.startsWith(beginning)),
    );
  }

  /** The ids of all texts that contain one of the strings. */
  containing(strings: readonly string[]): Uint32Array {
    return this.#ids.filter((_, place) => strings.some((string) => (this.#texts[place] ?? '').includes(string)));
  }

  #firstFrom(isReached: (text: string) => boolean): number {
    let [low, high] = [0, this.#texts.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isReached(this.#texts[middle] ?? '')) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
