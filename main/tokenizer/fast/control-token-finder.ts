/** Control tokens in a text as the library finds them: the leftmost one, and of several that begin there the longest. */
import type { ControlToken } from './family.ts';

export interface FoundControlToken {
  id: number;
  content: string;
  start: number;
  end: number;
}

export class ControlTokenFinder {
  readonly #pattern: RegExp | null;
  readonly #idOf: ReadonlyMap<string, number>;
  readonly #longest: number;

  constructor(tokens: readonly ControlToken[]) {
    this.#idOf = new Map(tokens.map(({ id, content }) => [content, id]));
    const longestFirst = [...this.#idOf.keys()].sort((a, b) => b.length - a.length);
    this.#longest = longestFirst[0]?.length ?? 0;
    const escaped = longestFirst.map((content) => content.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
    this.#pattern = escaped.length === 0 ? null : new RegExp(escaped.join('|'));
  }

  /** The first control token of `text` that begins in the range, or `null`. */
  firstIn(text: string, begin: number, end: number): FoundControlToken | null {
    if (this.#pattern === null) return null;
    const match = this.#pattern.exec(text.slice(begin, end + this.#longest - 1));
    const content = match?.[0] ?? '';
    const id = this.#idOf.get(content);
    if (match === null || id === undefined || begin + match.index >= end) return null;
    return { id, content, start: begin + match.index, end: begin + match.index + content.length };
  }
}
