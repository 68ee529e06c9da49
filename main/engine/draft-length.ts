/**
 * How long a draft pays. A run of the model over `rows` rows takes about `base + slope * rows` milliseconds, and a draft of k
 * tokens of which each is right with probability p gives (1 - p^(k+1)) / (1 - p) tokens (Leviathan et al. 2023, arXiv:2211.17192,
 * equation 1). Both are measured as the answer goes on; the length with the most tokens a millisecond wins. One draft token is
 * always free: no run has fewer than two rows (`row-plan.ts`).
 */
import type { DraftOrder } from './prompt-lookup.ts';

const longestDraft = 10;
/** What is believed before anything was seen, as that many right out of that many. */
const prior: Record<DraftOrder, { right: number; seen: number }> = {
  3: { right: 3.2, seen: 4 },
  2: { right: 2, seen: 4 },
  1: { right: 0.4, seen: 4 },
};
/** How much an older observation counts against the next. */
const decay = 0.9;
/** Of the time of two rows, where only runs of two rows were seen: two cores and a 7B shape (docs/performance.md). */
const firstSlope = 0.3;

export class DraftLength {
  readonly #accepted = structuredClone(prior);
  /** Decayed sums for the line through (rows, milliseconds). */
  readonly #sums = { weight: 0, rows: 0, ms: 0, rowsSquared: 0, rowsMs: 0 };

  /** The number of draft tokens that pays best for an n-gram of this order. */
  longest(order: DraftOrder): number {
    const { right, seen } = this.#accepted[order];
    const p = Math.min(0.98, right / seen);
    const { base, slope } = this.#line();
    let [best, bestRate] = [1, 0];
    for (let length = 1; length <= longestDraft; length++) {
      const tokens = (1 - p ** (length + 1)) / (1 - p);
      const rate = tokens / (base + slope * (length + 1));
      if (rate > bestRate) [best, bestRate] = [length, rate];
    }
    return best;
  }

  /** Of a draft, `right` tokens were what the model chose; the one after them, if there was one, was not. */
  judged(order: DraftOrder, right: number, length: number): void {
    const record = this.#accepted[order];
    record.right = record.right * decay + right;
    record.seen = record.seen * decay + Math.min(right + 1, length);
  }

  ran(rows: number, milliseconds: number): void {
    const sums = this.#sums;
    for (const name of Object.keys(sums) as (keyof typeof sums)[]) sums[name] *= 0.98;
    sums.weight += 1;
    sums.rows += rows;
    sums.ms += milliseconds;
    sums.rowsSquared += rows * rows;
    sums.rowsMs += rows * milliseconds;
  }

  #line(): { base: number; slope: number } {
    const { weight, rows, ms, rowsSquared, rowsMs } = this.#sums;
    const spread = weight * rowsSquared - rows * rows;
    // Two kinds of runs, a good few of them, before their difference says anything on a busy machine.
    if (spread <= 4 * weight) return { base: 1 - 2 * firstSlope, slope: firstSlope };
    const slope = Math.max(0, (weight * rowsMs - rows * ms) / spread);
    return { base: Math.max(0, (ms - slope * rows) / weight), slope };
  }
}
