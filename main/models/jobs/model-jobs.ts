/**
 * The queue of long work on models. One job runs at a time: each wants the whole network or all cores. What a job has done is
 * on the disk, so that it can be paused, fail, or lose the workbench under it, and go on.
 */
import { randomUUID } from 'node:crypto';
import { EventPublisher } from '@orpc/server';
import { WorkbenchError } from '../../contract/errors.ts';
import { jobStepSchema, type JobRequest, type ModelJob } from '../../contract/model-jobs.ts';
import type { Progress } from '../../contract/progress.ts';
import type { Logger } from '../../logger/index.ts';
import { Rate } from '../../progress/rate.ts';
import { watch } from '../../watch/watch.ts';
import { clearUnfinished } from './clear-unfinished.ts';
import type { JobFile } from './job-file.ts';
import type { JobResult } from './run-request.ts';
import { verificationError } from './verification-error.ts';

export interface ModelJobsOptions {
  file: JobFile;
  /** Read from `file` when the workbench started. */
  jobs: ModelJob[];
  /** The folder of all downloaded models: what is left empty in it is removed. */
  modelsFolder: string;
  /** Where the model of a request is, or will be. Throws where the request cannot be right. */
  folderOf: (request: JobRequest) => Promise<string>;
  /** Throws where the request cannot be done now: asked whenever it begins or goes on. */
  checkStart: (request: JobRequest, folder: string) => void;
  run: (
    request: JobRequest,
    options: { folder: string; signal: AbortSignal; onProgress: (progress: Progress) => void },
  ) => Promise<JobResult>;
  /** Told the folder of every model that is ready, before anybody else is. */
  onReady: (folder: string) => Promise<void>;
  logger: Logger;
}

/** Watchers are told of progress no more often. */
const publishMs = 200;

export class ModelJobs {
  readonly #options: ModelJobsOptions;
  readonly #publisher = new EventPublisher<{ change: ModelJob[] }>();
  /** Newest first. */
  #jobs: ModelJob[];
  #running: { id: string; stop: AbortController; ended: Promise<void> } | null = null;
  #closed = false;

  constructor(options: ModelJobsOptions) {
    this.#options = options;
    this.#jobs = options.jobs;
  }

  watch(signal?: AbortSignal): AsyncGenerator<ModelJob[]> {
    return watch(this.#publisher, 'change', () => this.#jobs, signal);
  }

  /** @throws WorkbenchError `FOLDER_BUSY`, and what `folderOf` throws */
  async start(request: JobRequest): Promise<ModelJob> {
    const folder = await this.#options.folderOf(request);
    this.checkFree(folder);
    const job: ModelJob = {
      id: randomUUID(),
      request,
      state: 'queued',
      step: null,
      progress: null,
      perSecond: null,
      secondsLeft: null,
      error: null,
      folder,
      createdAt: Date.now(),
      notes: [],
      verification: null,
    };
    this.#replaceAll([job, ...this.#jobs.filter((other) => other.folder !== folder || other.state !== 'done')]);
    this.#runNext();
    return job;
  }

  /** @throws WorkbenchError `FOLDER_BUSY` where a job that is not done works on that folder. */
  checkFree(folder: string): void {
    const other = this.#jobs.find((job) => job.folder === folder && job.state !== 'done');
    if (other === undefined) return;
    throw new WorkbenchError('FOLDER_BUSY', `Another task (${other.state}) works on ${folder}.`, {
      action: 'Continue or cancel that one.',
      details: { path: folder },
    });
  }

  async pause(jobId: string): Promise<void> {
    const job = this.#job(jobId);
    if (job.state !== 'queued' && job.state !== 'running') return;
    this.#change(jobId, { state: 'paused' });
    await this.#end(jobId);
  }

  resume(jobId: string): void {
    const job = this.#job(jobId);
    if (job.state !== 'paused' && job.state !== 'failed') return;
    this.#change(jobId, { state: 'queued', error: null });
    this.#runNext();
  }

  async dismiss(jobId: string): Promise<void> {
    const { state, folder, request } = this.#job(jobId);
    this.#replaceAll(this.#jobs.filter(({ id }) => id !== jobId));
    await this.#end(jobId);
    if (state === 'done' || request.kind === 'verify') return;
    await clearUnfinished(folder, this.#options.modelsFolder).catch((error: unknown) => {
      // The job is gone all the same; what is left takes space and does no harm.
      this.#options.logger.log('warn', 'What a task left unfinished was not deleted', { folder, error });
    });
  }

  /** Stops what runs and keeps it for the next start. */
  async close(): Promise<void> {
    this.#closed = true;
    const running = this.#running;
    if (running !== null) {
      this.#change(running.id, { state: 'paused' });
      await this.#end(running.id);
    }
    await this.#options.file.write(this.#jobs);
  }

  #job(jobId: string): ModelJob {
    const job = this.#jobs.find(({ id }) => id === jobId);
    if (job !== undefined) return job;
    throw new WorkbenchError('JOB_NOT_FOUND', `There is no task ${jobId}.`, { action: 'Start it again.' });
  }

  #runNext(): void {
    if (this.#running !== null || this.#closed) return;
    const next = this.#jobs.findLast(({ state }) => state === 'queued');
    if (next === undefined) return;
    const stop = new AbortController();
    const ended = this.#run(next, stop.signal).finally(() => {
      this.#running = null;
      this.#runNext();
    });
    this.#running = { id: next.id, stop, ended };
  }

  async #run({ id, request, folder }: ModelJob, signal: AbortSignal): Promise<void> {
    const { run, checkStart, onReady, logger } = this.#options;
    this.#change(id, { state: 'running', error: null, notes: [], verification: null });
    try {
      checkStart(request, folder);
      const { notes, verification } = await run(request, { folder, signal, onProgress: this.#progressOf(id) });
      const error = verification === null ? null : verificationError(verification);
      if (error === null) await onReady(folder);
      const state = error === null ? 'done' : 'failed';
      this.#change(id, { ...standing, state, notes, verification, error: error?.toReport() ?? null });
      logger.log(error === null ? 'info' : 'error', `Model task ${state}`, { ...request, folder, error });
    } catch (thrown) {
      // Whoever stopped it has said what it is now.
      if (signal.aborted) return this.#change(id, standing);
      const error = WorkbenchError.from(thrown);
      logger.log('error', 'Model task failed', { ...request, folder, error });
      this.#change(id, { ...standing, state: 'failed', error: error.toReport() });
    }
  }

  #progressOf(id: string): (progress: Progress) => void {
    const rate = new Rate();
    let publishedAt = -Infinity;
    let step: string | null = null;
    return (progress) => {
      const at = performance.now();
      if (progress.phase === step && at - publishedAt < publishMs && progress.done !== progress.total) return;
      publishedAt = at;
      const pace = rate.update(progress, at);
      const change: Partial<ModelJob> = {
        progress,
        perSecond: pace?.perSecond ?? null,
        secondsLeft: pace?.secondsLeft ?? null,
      };
      if (progress.phase === step) return this.#publish(id, change);
      step = progress.phase;
      this.#change(id, { ...change, step: jobStepSchema.parse(step) });
    };
  }

  async #end(jobId: string): Promise<void> {
    if (this.#running?.id !== jobId) return;
    this.#running.stop.abort();
    await this.#running.ended;
  }

  #publish(id: string, change: Partial<ModelJob>): void {
    this.#jobs = this.#jobs.map((job) => (job.id === id ? { ...job, ...change } : job));
    this.#publisher.publish('change', this.#jobs);
  }

  /** As `#publish`, and on the disk. */
  #change(id: string, change: Partial<ModelJob>): void {
    this.#publish(id, change);
    void this.#options.file.write(this.#jobs);
  }

  #replaceAll(jobs: ModelJob[]): void {
    this.#jobs = jobs;
    this.#publisher.publish('change', jobs);
    void this.#options.file.write(jobs);
  }
}

/** Of a job that does not move. */
const standing = { perSecond: null, secondsLeft: null } as const;
