/**
 * Puts the messages of a long conversation into the document from its end, which is looked at first, up to its beginning, a few whenever
 * the browser has nothing else to do. In the end all of them are there: only what is in the document is found by the browser's search.
 */
const AT_ONCE = 24;
const EACH_TIME = 2;

/** Calls back when there is time; returns what takes that back. */
export type WhenIdle = (callback: () => void) => () => void;

function whenIdle(callback: () => void): () => void {
  const id = requestIdleCallback(callback, { timeout: 200 });
  return () => cancelIdleCallback(id);
}

export class GradualMount {
  readonly #count: () => number;
  readonly #whenIdle: WhenIdle;
  #from = $state(Number.POSITIVE_INFINITY);

  /** `count` is how many messages there are now. */
  constructor(count: () => number, idle: WhenIdle = whenIdle) {
    this.#count = count;
    this.#whenIdle = idle;
  }

  /** Index of the first message that is in the document. */
  get first(): number {
    return Math.max(0, Math.min(this.#from, this.#count() - AT_ONCE));
  }

  /** Goes on until the beginning is there; returns what stops it. */
  run(): () => void {
    const step = () => {
      if (this.first === 0) return;
      this.#from = this.first - EACH_TIME;
      stop = this.#whenIdle(step);
    };
    let stop = this.#whenIdle(step);
    return () => stop();
  }

  /** A message that is asked for is there at once, with all that follows it. */
  reach(index: number): void {
    if (index < this.first) this.#from = index;
  }
}
