/** The speed of a job over its last seconds, not over the whole of it: what is left takes what the present speed says. */
const windowMs = 5_000;

export interface Pace {
  /** In units of what was counted. */
  perSecond: number;
  secondsLeft: number | null;
}

export class Rate {
  #phase: string | null = null;
  #samples: { at: number; done: number }[] = [];

  /** `at` in milliseconds of any clock. `null` while nothing is known, for instance at the start of each phase. */
  update({ phase, done, total }: { phase: string; done: number; total: number | null }, at: number): Pace | null {
    const before = this.#samples.at(-1);
    // What was fetched in vain is fetched again: its speed is not that of going backwards.
    if (phase !== this.#phase || (before !== undefined && done < before.done)) this.#samples = [];
    this.#phase = phase;
    // The last one from before the window stays: progress may come in few large steps with a tiny one after them.
    const oldest = this.#samples.findLastIndex((sample) => at - sample.at >= windowMs);
    this.#samples = [...this.#samples.slice(Math.max(0, oldest)), { at, done }];
    const [first] = this.#samples;
    if (first === undefined || done <= first.done || at <= first.at) return null;
    const perMs = (done - first.done) / (at - first.at);
    return {
      perSecond: perMs * 1_000,
      secondsLeft: total === null ? null : Math.max(0, total - done) / perMs / 1_000,
    };
  }
}
