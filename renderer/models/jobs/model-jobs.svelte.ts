/** The tasks on models as the main side tells them, and what a person may do with one. */
import type { ErrorReport } from '../../../main/contract/errors.ts';
import type { JobRequest, ModelJob } from '../../../main/contract/model-jobs.ts';
import type { Connection } from '../../connection/connection.ts';
import { follow } from '../../connection/follow.ts';
import { toErrorReport, type Client } from '../../rpc.ts';
import { changedJob, endedJobs } from './job-changes.ts';

export type JobVerb = keyof Pick<Client['models']['jobs'], 'pause' | 'resume' | 'dismiss'>;

export class ModelJobs {
  readonly #connection: Connection;
  readonly #ended: (job: ModelJob) => void;
  #all = $state.raw<readonly ModelJob[]>([]);
  #isKnown = false;
  #error = $state.raw<ErrorReport | null>(null);
  #lastChanged = $state.raw<ModelJob | null>(null);
  #failure = $state.raw<{ jobId: string; report: ErrorReport } | null>(null);

  /** `ended` is called once for each job that is done or has failed since the page was opened. */
  constructor(connection: Connection, ended: (job: ModelJob) => void) {
    this.#connection = connection;
    this.#ended = ended;
  }

  /** Newest first. */
  get all(): readonly ModelJob[] {
    return this.#all;
  }

  /** Why the list is not kept up to date. */
  get error(): ErrorReport | null {
    return this.#error;
  }

  /** The one that runs, else the next one. */
  readonly active: ModelJob | null = $derived(
    this.#all.find(({ state }) => state === 'running') ?? this.#all.findLast(({ state }) => state === 'queued') ?? null,
  );

  /** As it was when it took another step or changed its state: what to say aloud. */
  get lastChanged(): ModelJob | null {
    return this.#lastChanged;
  }

  /** Why the last command on a job did not work. */
  get failure(): { jobId: string; report: ErrorReport } | null {
    return this.#failure;
  }

  /** The one that works on that revision of a repository and is not done. */
  getting(repository: string, revision: string): ModelJob | null {
    const isIt = ({ request, state }: ModelJob): boolean =>
      state !== 'done' && request.kind === 'get' && request.repository === repository && request.revision === revision;
    return this.#all.find(isIt) ?? null;
  }

  /** The one that works in that folder and is not done. */
  inFolder(folder: string): ModelJob | null {
    return this.#all.find((job) => job.folder === folder && job.state !== 'done') ?? null;
  }

  /** Why it could not be started; `null` when it was. */
  async start(request: JobRequest): Promise<ErrorReport | null> {
    try {
      await this.#connection.client.models.jobs.start(request);
      return null;
    } catch (thrown) {
      return toErrorReport(thrown);
    }
  }

  async command(verb: JobVerb, jobId: string): Promise<void> {
    this.#failure = null;
    try {
      await this.#connection.client.models.jobs[verb]({ jobId });
    } catch (thrown) {
      this.#failure = { jobId, report: toErrorReport(thrown) };
    }
  }

  async run(signal: AbortSignal): Promise<void> {
    try {
      await follow(
        this.#connection,
        (streamSignal) => this.#connection.client.models.jobs.watch(undefined, { signal: streamSignal }),
        (jobs) => this.#take(jobs),
        signal,
      );
    } catch (thrown) {
      this.#error = toErrorReport(thrown);
    }
  }

  #take(jobs: readonly ModelJob[]): void {
    const before = this.#isKnown ? this.#all : null;
    this.#isKnown = true;
    this.#all = jobs;
    this.#lastChanged = changedJob(before, jobs) ?? this.#lastChanged;
    for (const job of endedJobs(before, jobs)) this.#ended(job);
  }
}
