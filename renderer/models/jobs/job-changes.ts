/** What is new between two lists of jobs: what ended, and what is worth saying aloud. */
import type { ModelJob } from '../../../main/contract/model-jobs.ts';

export const isOver = ({ state }: ModelJob): boolean => state === 'done' || state === 'failed';

/** Jobs that are over now and were not; of the first list nothing is new. */
export function endedJobs(before: readonly ModelJob[] | null, after: readonly ModelJob[]): ModelJob[] {
  return after.filter((job) => {
    const earlier = before?.find(({ id }) => id === job.id);
    return earlier !== undefined && !isOver(earlier) && isOver(job);
  });
}

/** The newest job that began, took another step or changed its state; progress within a step is not told. */
export function changedJob(before: readonly ModelJob[] | null, after: readonly ModelJob[]): ModelJob | null {
  if (before === null) return null;
  const changed = after.filter((job) => {
    const earlier = before.find(({ id }) => id === job.id);
    return earlier === undefined || earlier.state !== job.state || earlier.step !== job.step;
  });
  return changed.find(({ state }) => state !== 'queued') ?? changed[0] ?? null;
}

/** Jobs that run before a queued one, the next first: newest-first lists are worked through from their end. */
export function jobsBefore(job: ModelJob, all: readonly ModelJob[]): ModelJob[] {
  const older = all.slice(all.indexOf(job) + 1).filter(({ state }) => state === 'queued');
  const running = all.filter(({ state }) => state === 'running');
  return [...running, ...older.reverse()];
}
