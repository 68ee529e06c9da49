/** Ends a connection that has fallen silent: `alive` must be called more often than every `stallMs`. */
export class StallGuard {
  readonly signal: AbortSignal;
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  stalled = false;

  constructor(stallMs: number, cancel: AbortSignal) {
    this.signal = AbortSignal.any([cancel, this.#controller.signal]);
    this.#timer = setTimeout(() => {
      this.stalled = true;
      this.#controller.abort();
    }, stallMs);
  }

  alive(): void {
    this.#timer.refresh();
  }

  /** Also closes what has not been read. */
  end(): void {
    clearTimeout(this.#timer);
    this.#controller.abort();
  }
}
