/**
 * Owns the engine process and the model in it: loads, reports, and after a crash starts the engine again with the model
 * that was loaded. Chat and tokens reach the engine only through here.
 */
import type { ContractRouterClient } from '@orpc/contract';
import type { engineContract, LoadedModel } from '../contract/engine.ts';
import { WorkbenchError } from '../contract/errors.ts';
import type { EngineStatus, ModelSummary } from '../contract/models.ts';
import type { Logger } from '../logger/index.ts';
import { SupervisedProcess, type LaunchProcess, type ProcessState } from '../process/index.ts';
import { Catalogue, embeddedModelId } from './catalogue.ts';
import { EngineStatusHolder } from './engine-status.ts';

export type EngineClient = ContractRouterClient<typeof engineContract>;

const memoryPollMs = 5_000;

export class ModelService {
  readonly #catalogue: Catalogue;
  readonly #process: SupervisedProcess<typeof engineContract>;
  readonly #status = new EngineStatusHolder();
  readonly #logger: Logger;
  #wantedId: string | null = null;
  #loading: Promise<LoadedModel> | null = null;
  #generations = 0;
  #memoryTimer: NodeJS.Timeout | null = null;

  constructor(options: {
    embeddedFolder: string;
    userFolders: () => readonly string[];
    launch: LaunchProcess;
    logger: Logger;
  }) {
    this.#catalogue = new Catalogue(options.embeddedFolder, options.userFolders);
    this.#logger = options.logger;
    this.#process = new SupervisedProcess({
      name: 'engine',
      crashCode: 'ENGINE_CRASHED',
      launch: options.launch,
      logger: options.logger,
      onState: (state) => this.#onProcessState(state),
    });
  }

  list(): Promise<ModelSummary[]> {
    return this.#catalogue.list();
  }

  status(): EngineStatus {
    return this.#status.value;
  }

  watch(signal?: AbortSignal): AsyncGenerator<EngineStatus> {
    return this.#status.watch(signal);
  }

  /** Loads a model; the one that was loaded stays until the new one is proved to load. */
  async load(id: string): Promise<LoadedModel> {
    if (this.#generations > 0) {
      throw new WorkbenchError('ENGINE_BUSY', 'An answer is being generated.', {
        action: 'Stop it or wait for its end, then load the model.',
      });
    }
    const folder = await this.#catalogue.folderOf(id);
    // Begun on the next turn, so that a process that starts on the way finds `#loading` set and does not load too.
    const loading = Promise.resolve().then(() => this.#load(id, folder));
    this.#loading = loading;
    try {
      return await loading;
    } finally {
      if (this.#loading === loading) this.#loading = null;
    }
  }

  /** The engine with its model; waits while one is being loaded, loads the embedded one where there is none. */
  async ready(): Promise<{ engine: EngineClient; model: LoadedModel }> {
    if (this.#loading !== null) await this.#loading;
    const model = this.#status.value.model ?? (await this.load(this.#wantedId ?? embeddedModelId));
    return { engine: this.#process.client(), model };
  }

  /** For work that needs a tokenizer only. */
  async tokenizer(modelId: string | null): Promise<{ engine: EngineClient; folder: string }> {
    const folder = await this.#catalogue.folderOf(modelId ?? this.#wantedId ?? embeddedModelId);
    return { engine: this.#process.client(), folder };
  }

  /** Marks the engine busy while a generation runs; one at a time. */
  async *generating<Event>(body: () => AsyncIterable<Event>): AsyncGenerator<Event> {
    if (this.#generations > 0) {
      throw new WorkbenchError('ENGINE_BUSY', 'Another answer is being generated.', {
        action: 'Wait for its end or stop it, then send again.',
      });
    }
    this.#generations++;
    this.#status.update({ state: 'busy' });
    try {
      yield* body();
    } finally {
      this.#generations--;
      if (this.#status.value.state === 'busy') this.#status.update({ state: 'ready' });
      void this.#readMemory();
    }
  }

  async stop(): Promise<void> {
    if (this.#memoryTimer !== null) clearInterval(this.#memoryTimer);
    this.#memoryTimer = null;
    await this.#process.stop();
  }

  async #load(id: string, folder: string): Promise<LoadedModel> {
    const previous = this.#status.value.model;
    const client = this.#process.client();
    this.#status.update({ state: 'loading', error: null });
    try {
      const model = await client.load({ folder });
      this.#wantedId = id;
      this.#status.update({ state: 'ready', model, error: null });
      this.#logger.log('info', 'Model loaded', {
        folder,
        file: model.file,
        device: model.device,
        loadMs: model.loadMs,
      });
      this.#memoryTimer ??= setInterval(() => void this.#readMemory(), memoryPollMs).unref();
      await this.#readMemory();
      return model;
    } catch (thrown) {
      const error = WorkbenchError.from(thrown);
      // A crash has its own state, set when the process ended.
      if (error.code !== 'ENGINE_CRASHED') {
        this.#status.update({ state: previous === null ? 'failed' : 'ready', error: error.toReport() });
      }
      throw error;
    }
  }

  #onProcessState(state: ProcessState): void {
    const common = { processId: this.#process.processId, restarts: this.#process.restarts, residentBytes: null };
    if (state === 'running') {
      this.#status.update({ ...common, state: 'starting' });
      // After a crash nobody asks: bring the model back.
      if (this.#wantedId !== null && this.#loading === null) {
        this.load(this.#wantedId).catch((error: unknown) => this.#logger.log('error', 'Reloading failed', { error }));
      }
      return;
    }
    if (state === 'failed') {
      const error = new WorkbenchError('ENGINE_UNAVAILABLE', 'The engine process crashed several times in a row.', {
        action: 'Load a smaller model or restart the workbench; the log file holds the reason.',
      });
      this.#status.update({ ...common, state, model: null, error: error.toReport() });
      return;
    }
    this.#status.update({ ...common, state, model: null });
  }

  async #readMemory(): Promise<void> {
    if (this.#status.value.state !== 'ready') return;
    const memory = await this.#process
      .client()
      .memory()
      .catch(() => null);
    if (memory !== null && this.#status.value.state === 'ready') {
      this.#status.update({ residentBytes: memory.residentBytes });
    }
  }
}
