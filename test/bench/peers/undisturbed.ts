/**
 * Measures again what was disturbed. Which attempt counts is decided by what others used of the processor, never by the result, and
 * for every contestant alike.
 */
import type { ForeignLoad } from './foreign-load.ts';

const disturbed = 0.1;
const attempts = 3;
const quietWithinMs = 3_000;
/** What took longer than this, attempts together, is not tried again: hours would go by, and the disturbance is a smaller part of it. */
const patienceMs = 20_000;

export interface Attempt<Result> {
  readonly result: Result;
  /** Of one core, by others. */
  readonly foreign: number;
}

/** The first attempt that was not disturbed, or the least disturbed one. */
export async function undisturbed<Result>(
  load: Pick<ForeignLoad, 'quiet' | 'begin' | 'share'>,
  measure: () => Promise<Result>,
): Promise<Attempt<Result>> {
  let best: Attempt<Result> | null = null;
  let spentMs = 0;
  for (let attempt = 0; attempt < attempts; attempt++) {
    await untilQuiet(load);
    load.begin();
    const begun = performance.now();
    const result = await measure();
    spentMs += performance.now() - begun;
    const foreign = load.share();
    if (best === null || foreign < best.foreign) best = { result, foreign };
    if (best.foreign < disturbed || spentMs > patienceMs) break;
  }
  return best as Attempt<Result>;
}

export function untilQuiet(load: Pick<ForeignLoad, 'quiet'>): Promise<void> {
  return load.quiet(disturbed, quietWithinMs);
}
