/** The hub client's phases as the steps of a job: whatever it hashes, before or after a download, is one kind of step. */
import type { JobStep } from '../../contract/model-jobs.ts';
import type { Progress } from '../../contract/progress.ts';

const steps: Readonly<Record<string, JobStep>> = {
  list: 'list',
  download: 'download',
  check: 'check',
  verify: 'check',
};

export function hubStep(progress: Progress): Progress {
  return { ...progress, phase: steps[progress.phase] ?? 'download' };
}
