/**
 * Collects what arrives faster than the screen is drawn and hands it on once a frame, so that a stream of tokens costs
 * one render a frame and not one a token.
 */
export type Schedule = (callback: () => void) => void;

export class FrameBuffer<Item> {
  readonly #flushed: (items: readonly Item[]) => void;
  readonly #schedule: Schedule;
  #items: Item[] = [];
  #scheduled = false;

  constructor(
    flushed: (items: readonly Item[]) => void,
    schedule: Schedule = (callback) => requestAnimationFrame(callback),
  ) {
    this.#flushed = flushed;
    this.#schedule = schedule;
  }

  push(item: Item): void {
    this.#items.push(item);
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#schedule(() => {
      this.#scheduled = false;
      if (this.#items.length === 0) return;
      const items = this.#items;
      this.#items = [];
      this.#flushed(items);
    });
  }

  /** Drops what has not been handed on: something newer replaces it. */
  clear(): void {
    this.#items = [];
  }
}
