/** Long work on models, one at a time: getting one from the hub, converting a folder, verifying what is there. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { errorReportSchema } from './errors.ts';
import { targetSchema } from './model-family.ts';
import { fails, procedure } from './procedure.ts';
import { progressSchema } from './progress.ts';
import { verificationSchema } from './verification.ts';

export const jobRequestSchema = z.discriminatedUnion('kind', [
  /** From the hub: ONNX files as they are, published weights through the converter. */
  z.object({
    kind: z.literal('get'),
    repository: z.string(),
    revision: z.string().default('main'),
    target: targetSchema,
    /** Downloads the published weights first and leaves them beside the result; else they stream through unstored. */
    keepSource: z.boolean().default(false),
  }),
  /** A folder on this machine that holds published weights; the result is added to it. */
  z.object({ kind: z.literal('convert'), folder: z.string(), target: targetSchema }),
  z.object({ kind: z.literal('verify'), modelId: z.string() }),
]);
export type JobRequest = z.infer<typeof jobRequestSchema>;

export const jobStateSchema = z.enum(['queued', 'running', 'paused', 'failed', 'done']);
export type JobState = z.infer<typeof jobStateSchema>;

/** What a running job does now, which is also the `phase` of its progress. */
export const jobStepSchema = z.enum([
  /** Asking the hub what there is. */
  'list',
  'download',
  /** Comparing files with their hashes. */
  'check',
  'convert',
  /** Running the result over texts, for the scales of the int8 cache. */
  'calibrate',
  /** Comparing the result with a slow computation. */
  'verify',
]);
export type JobStep = z.infer<typeof jobStepSchema>;

export const modelJobSchema = z.object({
  id: z.string(),
  request: jobRequestSchema,
  state: jobStateSchema,
  /** The last step that was begun. */
  step: jobStepSchema.nullable(),
  progress: progressSchema.nullable(),
  /** In units of the progress, over the last seconds. */
  perSecond: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  /** Why it failed, or why it stands still though nobody paused it. */
  error: errorReportSchema.nullable(),
  /** Where the model is, or will be. */
  folder: z.string(),
  /** Milliseconds since 1970. */
  createdAt: z.number(),
  /** What the user should know of the result. In English. */
  notes: z.array(z.string()),
  verification: verificationSchema.nullable(),
});
export type ModelJob = z.infer<typeof modelJobSchema>;

const jobId = z.object({ jobId: z.string() });

export const modelJobsContract = {
  /** All jobs, then again after every change: newest first, those that are done until they are dismissed. */
  watch: procedure.output(eventIterator(z.array(modelJobSchema))),
  /** Queued behind the others. A second request for the same folder is refused while the first is not done. */
  start: fails('INVALID_INPUT', 'MODEL_NOT_FOUND', 'FOLDER_BUSY').input(jobRequestSchema).output(modelJobSchema),
  /** Stops it and keeps what it has; also across restarts of the workbench. */
  pause: fails('JOB_NOT_FOUND').input(jobId).output(z.void()),
  /** Continues one that is paused or failed. */
  resume: fails('JOB_NOT_FOUND').input(jobId).output(z.void()),
  /** Stops it and deletes what it left unfinished; of one that is done only the entry goes. */
  dismiss: fails('JOB_NOT_FOUND').input(jobId).output(z.void()),
};
