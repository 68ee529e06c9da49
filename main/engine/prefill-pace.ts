/**
 * How many tokens of a prompt the next run takes. A run cannot be interrupted, so its length is how long a cancellation waits: the
 * pace keeps runs near a target of time on whatever machine this is, but not so short that their fixed part counts (a run of 32 rows
 * takes 2 % more for each than one of 64). The result is the same however a prompt is cut (`row-plan.ts`).
 */
const targetMs = 600;
const firstChunk = 32;
const smallestChunk = 32;
const largestChunk = 512;

export class PrefillPace {
  #msPerToken: number | null = null;

  /** `null` before anything was run. */
  remainingMs(tokens: number): number | null {
    return this.#msPerToken === null ? null : this.#msPerToken * tokens;
  }

  /** Even chunks, none of one token but where one is all that is left. */
  next(remaining: number): number {
    const largest = this.#largest();
    return Math.ceil(remaining / Math.ceil(remaining / largest));
  }

  /** The last run counts most: the attention over a longer past takes longer. */
  ran(tokens: number, milliseconds: number): void {
    const measured = milliseconds / tokens;
    this.#msPerToken = this.#msPerToken === null ? measured : 0.5 * this.#msPerToken + 0.5 * measured;
  }

  #largest(): number {
    if (this.#msPerToken === null) return firstChunk;
    return Math.max(smallestChunk, Math.min(largestChunk, Math.floor(targetMs / this.#msPerToken)));
  }
}
