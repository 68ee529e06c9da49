/** Numbers and names of a job that are shown in more than one place. */
import type { JobRequest, JobStep, ModelJob } from '../../../main/contract/model-jobs.ts';
import type { ModelSummary } from '../../../main/contract/models.ts';

/** Of the step, between 0 and 1; `null` while its end is not known. */
export function fractionOf({ progress }: Pick<ModelJob, 'progress'>): number | null {
  if (progress === null || progress.total === null || progress.total === 0) return null;
  return Math.min(1, progress.done / progress.total);
}

/** The step in the user's view: published weights that are not kept are downloaded and converted at once. */
export function shownStep({ request, step }: Pick<ModelJob, 'request' | 'step'>): JobStep | 'stream' | null {
  return step === 'convert' && request.kind === 'get' && !request.keepSource ? 'stream' : step;
}

const muchBytes = 200_000_000;
const muchFraction = 0.1;

/** Whether one would be sorry to lose it: then a cancel is asked about first. Verifying makes nothing that could be lost. */
export function hasMuchDone(job: ModelJob): boolean {
  const { request, step, progress } = job;
  if (request.kind === 'verify' || step === null || step === 'list') return false;
  if (step === 'calibrate' || step === 'verify') return true;
  const bytes = progress?.unit === 'bytes' ? progress.done : 0;
  return bytes >= muchBytes || (fractionOf(job) ?? 0) >= muchFraction;
}

/** What the job is about: a repository, a folder by its own name, a model as the list calls it. */
export function jobName({ request, folder }: ModelJob, models: readonly ModelSummary[] | null): string {
  switch (request.kind) {
    case 'get':
      return repositoryName(request);
    case 'convert':
      return lastSegment(folder);
    case 'verify':
      return models?.find((model) => model.folder === folder)?.name ?? lastSegment(folder);
  }
}

function repositoryName({ repository, revision }: JobRequest & { kind: 'get' }): string {
  return revision === 'main' ? repository : `${repository}@${revision}`;
}

function lastSegment(path: string): string {
  return path.split(/[\\/]/).findLast((segment) => segment !== '') ?? path;
}
