/**
 * Token counts of texts beside the message: files, system prompts. Counted once each, one after the other, and kept until another model,
 * whose tokenizer may cut them otherwise.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { Connection } from '../connection/connection.ts';
import { countTokens } from './count-tokens.ts';

/** Texts whose counts are kept; more are counted again when they are asked for. */
const mostKept = 64;

export class TokenCounts {
  readonly #connection: Connection;
  readonly #counts = new SvelteMap<string, number | null>();
  readonly #wanted: string[] = [];
  #counting: AbortController | null = null;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** `null` until it is counted, or where it cannot be. */
  of(text: string): number | null {
    return this.#counts.get(text) ?? null;
  }

  /** Sees to it that `of` will tell. */
  want(texts: readonly string[]): void {
    for (const text of texts) if (!this.#counts.has(text) && !this.#wanted.includes(text)) this.#wanted.push(text);
    if (this.#counting === null) void this.#count();
  }

  modelChanged(): void {
    const known = [...this.#counts.keys()];
    this.#counting?.abort();
    this.#counting = null;
    this.#counts.clear();
    this.want(known.slice(-mostKept));
  }

  async #count(): Promise<void> {
    const counting = new AbortController();
    this.#counting = counting;
    for (let text = this.#wanted.shift(); text !== undefined; text = this.#wanted.shift()) {
      let count: number | null = null;
      try {
        count = await countTokens(this.#connection, text, counting.signal);
      } catch {
        // No tokenizer can be had now: the count stays open.
      }
      if (counting.signal.aborted) {
        this.#wanted.unshift(text);
        return;
      }
      this.#counts.set(text, count);
      const [oldest] = this.#counts.keys();
      if (this.#counts.size > mostKept && oldest !== undefined) this.#counts.delete(oldest);
    }
    this.#counting = null;
  }
}
