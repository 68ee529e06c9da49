/** Says when a model has not been used for so long that its memory is better given back. */
export class IdleWatch {
  readonly #limitMs: () => number;
  readonly #now: () => number;
  #usedAt: number;

  /** `limitMs` is asked each time; 0 is never. */
  constructor(limitMs: () => number, now: () => number = Date.now) {
    this.#limitMs = limitMs;
    this.#now = now;
    this.#usedAt = now();
  }

  used(): void {
    this.#usedAt = this.#now();
  }

  get isIdle(): boolean {
    const limitMs = this.#limitMs();
    return limitMs > 0 && this.#now() - this.#usedAt >= limitMs;
  }
}
