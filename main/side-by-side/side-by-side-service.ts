/**
 * Runs of one prompt through several contenders. As an answer does, a run belongs to the main side and not to the window that asked
 * for it. It holds the engine from its start to its end: nobody is answered by a model that they did not choose.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { EventPublisher } from '@orpc/server';
import { WorkbenchError } from '../contract/errors.ts';
import type { Receipt } from '../contract/receipt.ts';
import type { Sampling } from '../contract/sampling.ts';
import type {
  Contender,
  ContenderAnswer,
  SideBySideEvent,
  SideBySidePrompt,
  SideBySideRun,
  SideBySideSummary,
} from '../contract/side-by-side.ts';
import type { Logger } from '../logger/index.ts';
import { receiptHeaderOrNone, type ModelService } from '../models/index.ts';
import { watch } from '../watch/watch.ts';
import { exportRun, type ExportedRun } from './export-run.ts';
import { promptText } from './prompt-text.ts';
import { runContenders } from './run-contenders.ts';
import { RunningRun } from './running-run.ts';
import type { RunStore } from './run-store.ts';

export interface SideBySideOptions {
  store: RunStore;
  models: Pick<ModelService, 'hold' | 'list'>;
  defaultSampling: () => Sampling;
  /** For receipts. */
  workbenchVersion: string;
  logger: Logger;
}

export interface RunRequest {
  prompt: SideBySidePrompt;
  contenders: Contender[];
  seed: number | null;
}

export class SideBySideService {
  readonly #options: SideBySideOptions;
  readonly #store: RunStore;
  readonly #publisher = new EventPublisher<Record<string, SideBySideEvent>>({
    maxBufferedEvents: Number.POSITIVE_INFINITY,
  });
  /** At most one: it holds the engine. */
  #running: { run: RunningRun; abort: AbortController; done: Promise<void> } | null = null;
  #isClosing = false;

  constructor(options: SideBySideOptions) {
    this.#options = options;
    this.#store = options.store;
  }

  /** @throws WorkbenchError `PROMPT_EMPTY`, `ENGINE_BUSY`, before anything is unloaded or stored */
  async start({ prompt, contenders, seed }: RunRequest): Promise<{ runId: string }> {
    if (promptText(prompt).trim() === '') {
      throw new WorkbenchError('PROMPT_EMPTY', 'The prompt is empty.', { action: 'Write something first.' });
    }
    const { models, defaultSampling, workbenchVersion, logger } = this.#options;
    const listed = await models.list();
    const held = models.hold();
    try {
      const run = this.#newRun({ prompt, contenders, seed });
      const abort = new AbortController();
      const parts = { run, store: this.#store, held, models: listed, logger, signal: abort.signal };
      const done = runContenders({
        ...parts,
        defaultSampling: defaultSampling(),
        receiptHeader: (target) => receiptHeaderOrNone(target, workbenchVersion, logger),
        publish: (event) => this.#publisher.publish(run.id, event),
        isClosing: () => this.#isClosing,
      }).finally(() => (this.#running = null));
      this.#running = { run, abort, done };
      return { runId: run.id };
    } catch (error) {
      await held.release({ isClosing: true });
      throw error;
    }
  }

  list(): SideBySideSummary[] {
    return this.#store.list();
  }

  /** @throws WorkbenchError `COMPARISON_NOT_FOUND` */
  get(runId: string): SideBySideRun {
    return this.#running?.run.id === runId ? this.#running.run.snapshot() : this.#store.run(runId);
  }

  /** @throws WorkbenchError `COMPARISON_NOT_FOUND` */
  watch(runId: string, signal?: AbortSignal): AsyncGenerator<SideBySideEvent> {
    return watch(this.#publisher, runId, () => this.#runEvent(runId), signal);
  }

  stop(runId: string): void {
    if (this.#running?.run.id === runId) this.#running.abort.abort();
  }

  /** @throws WorkbenchError `COMPARISON_NOT_FOUND` */
  async remove(runId: string): Promise<void> {
    const running = this.#running?.run.id === runId ? this.#running : null;
    running?.abort.abort();
    await running?.done;
    this.#store.remove(runId);
  }

  /** @throws WorkbenchError `COMPARISON_NOT_FOUND` */
  receipt(runId: string, position: number): Receipt | null {
    return this.#store.receipt(runId, position);
  }

  /** @throws WorkbenchError `COMPARISON_NOT_FOUND` */
  export(runId: string, format: 'json' | 'markdown', reference: number): ExportedRun {
    const run = this.get(runId);
    return exportRun(
      run,
      run.answers.map((_, position) => this.#store.receipt(runId, position)),
      format,
      reference,
    );
  }

  /** Ends what is under way; the model of before is not loaded again for it. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#running?.abort.abort();
    await this.#running?.done;
    this.#store.close();
  }

  #newRun({ prompt, contenders, seed }: RunRequest): RunningRun {
    const run: SideBySideRun = {
      id: randomUUID(),
      prompt,
      seed: seed ?? randomInt(2 ** 32),
      status: 'running',
      restoreError: null,
      createdAt: Date.now(),
      answers: contenders.map(waiting),
    };
    this.#store.create(run);
    return new RunningRun(this.#store, run, (event) => this.#publisher.publish(run.id, event));
  }

  #runEvent(runId: string): SideBySideEvent {
    return { type: 'run', run: this.get(runId) };
  }
}

function waiting(contender: Contender): ContenderAnswer {
  return {
    contender,
    status: 'waiting',
    model: null,
    sampling: null,
    text: '',
    tokens: [],
    finishReason: null,
    statistics: null,
    loadMs: null,
    error: null,
  };
}
