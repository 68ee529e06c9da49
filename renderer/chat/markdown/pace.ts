/**
 * Holds work that is done again and again to a share of the time: what was quick may be done at once, what took long waits twenty
 * times as long before it is done again, and of what was asked meanwhile only the last is done.
 */
export interface Clock {
  now(): number;
  /** Returns what calls it off. */
  after(ms: number, callback: () => void): () => void;
}

const browserClock: Clock = {
  now: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** Milliseconds that may be spent in every frame. */
const FREE_MS = 4;
const REST = 20;

export class Pace {
  readonly #clock: Clock;
  #readyAt = -Infinity;
  #waiting: (() => void) | null = null;
  #callOff: (() => void) | null = null;

  constructor(clock: Clock = browserClock) {
    this.#clock = clock;
  }

  run(work: () => void): void {
    const wait = this.#readyAt - this.#clock.now();
    if (this.#callOff === null && wait <= 0) return this.#do(work);
    this.#waiting = work;
    this.#callOff ??= this.#clock.after(wait, () => {
      this.#callOff = null;
      const last = this.#waiting;
      this.#waiting = null;
      if (last !== null) this.#do(last);
    });
  }

  /** Does now what waits. */
  hurry(): void {
    const last = this.#waiting;
    this.stop();
    if (last !== null) this.#do(last);
  }

  stop(): void {
    this.#callOff?.();
    this.#callOff = null;
    this.#waiting = null;
  }

  #do(work: () => void): void {
    const begun = this.#clock.now();
    work();
    const ended = this.#clock.now();
    const cost = ended - begun;
    this.#readyAt = cost <= FREE_MS ? ended : ended + cost * REST;
  }
}
