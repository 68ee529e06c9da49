/**
 * Ends an answer before a stop string, wherever the borders of tokens lie: what could be the beginning of one is held back until
 * it is known. The first stop string to be complete counts; of several complete at the same character, the longest.
 */
export interface Filtered {
  /** Text that no stop string can be part of any more. */
  emit: string;
  stopped: boolean;
}

export class StopStrings {
  readonly #strings: readonly string[];
  #held = '';
  #stopped = false;

  constructor(strings: readonly string[]) {
    this.#strings = strings;
  }

  /** Text of the answer, in pieces as they come. After the stop nothing is emitted. */
  push(text: string): Filtered {
    if (this.#stopped) return { emit: '', stopped: true };
    const all = this.#held + text;
    const stop = this.#firstStop(all);
    if (stop !== null) {
      this.#stopped = true;
      this.#held = '';
      return { emit: all.slice(0, stop.start), stopped: true };
    }
    return { emit: this.#hold(all), stopped: false };
  }

  /** Text that was there before, also in pieces: a stop string that is whole in it ends nothing, one that begins in it may. */
  pass(text: string): string {
    let passed = '';
    let rest = this.#held + text;
    for (let stop = this.#firstStop(rest); stop !== null; stop = this.#firstStop(rest)) {
      passed += rest.slice(0, stop.end);
      rest = rest.slice(stop.end);
    }
    return passed + this.#hold(rest);
  }

  /** The answer ended otherwise: what was held back belongs to it. */
  flush(): string {
    const rest = this.#held;
    this.#held = '';
    return rest;
  }

  /** Keeps the end of the text that may begin a stop string, and gives what is before it. */
  #hold(text: string): string {
    const free = text.length - this.#longestBeginning(text);
    this.#held = text.slice(free);
    return text.slice(0, free);
  }

  #firstStop(text: string): { start: number; end: number } | null {
    let first: { start: number; end: number } | null = null;
    for (const string of this.#strings) {
      const start = text.indexOf(string);
      if (start < 0) continue;
      const end = start + string.length;
      if (first === null || end < first.end || (end === first.end && start < first.start)) first = { start, end };
    }
    return first;
  }

  /** The length of the longest end of the text that is a beginning of a stop string. */
  #longestBeginning(text: string): number {
    let longest = 0;
    for (const string of this.#strings) {
      for (let length = Math.min(string.length - 1, text.length); length > longest; length--) {
        if (text.endsWith(string.slice(0, length))) longest = length;
      }
    }
    return longest;
  }
}
