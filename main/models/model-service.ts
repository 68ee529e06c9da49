/**
 * Owns the engine process and the model in it: loads, reports, and after a crash starts the engine again with the model
 * that was loaded. Chat and tokens reach the engine only through here.
 */
import { setTimeout } from 'node:timers/promises';
import type { ContractRouterClient } from '@orpc/contract';
import type { DeviceWish } from '../contract/devices.ts';
import type { engineContract, LoadedModel } from '../contract/engine.ts';
import { WorkbenchError } from '../contract/errors.ts';
import type { EngineStatus, ModelSummary } from '../contract/models.ts';
import type { Logger } from '../logger/index.ts';
import { SupervisedProcess, type LaunchProcess, type ProcessState } from '../process/index.ts';
import { Catalogue, embeddedModelId } from './catalogue.ts';
import { DeviceProbes } from './device-probes.ts';
import { EngineStatusHolder } from './engine-status.ts';
import { checkNoWriter } from './folder-writer.ts';
import { checkOwnPlace, removeModelFolder } from './remove-model-folder.ts';

export type EngineClient = ContractRouterClient<typeof engineContract>;

const memoryPollMs = 5_000;
const saveTimeoutMs = 15_000;

export class ModelService {
  readonly #catalogue: Catalogue;
  readonly #process: SupervisedProcess<typeof engineContract>;
  readonly #status = new EngineStatusHolder();
  readonly #logger: Logger;
  readonly #pulledFolder: string | null;
  readonly #onLoaded: (id: string) => void;
  readonly #onRemoved: (id: string) => void;
  readonly #cacheFolder: () => string | null;
  readonly #checkFolderFree: (folder: string) => void;
  readonly #device: () => DeviceWish;
  readonly #probes: DeviceProbes;
  /** The model to bring back after a crash: the last one that loaded, or the first one asked for while none has. */
  #chosenId: string | null = null;
  #loading: Promise<LoadedModel> | null = null;
  #generations = 0;
  #memoryTimer: NodeJS.Timeout | null = null;

  constructor(options: {
    embeddedFolder: string;
    userFolders: () => readonly string[];
    /** Where models of the hub are kept; none where it is left out. */
    pulledFolder?: string;
    launch: LaunchProcess;
    logger: Logger;
    /** What a model is loaded on, asked at every load; the best device where it is left out. */
    device?: () => DeviceWish;
    /** Told the id of every model that has loaded. */
    onLoaded?: (id: string) => void;
    /** Told the id of every model that was deleted. */
    onRemoved?: (id: string) => void;
    /** Where long sequences are kept between two uses of a model; `null` where they are not. */
    cacheFolder?: () => string | null;
    /** Throws where something else works in a folder that is to be deleted. */
    checkFolderFree?: (folder: string) => void;
  }) {
    this.#catalogue = new Catalogue(options.embeddedFolder, options.userFolders, options.pulledFolder);
    this.#logger = options.logger;
    this.#onLoaded = options.onLoaded ?? (() => undefined);
    this.#onRemoved = options.onRemoved ?? (() => undefined);
    this.#cacheFolder = options.cacheFolder ?? (() => null);
    this.#checkFolderFree = options.checkFolderFree ?? (() => undefined);
    this.#pulledFolder = options.pulledFolder ?? null;
    this.#device = options.device ?? (() => 'auto');
    this.#probes = new DeviceProbes(options);
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

  /** Loads a model; the one that was loaded stays until the new one is proved to load. One after the other. */
  async load(id: string): Promise<LoadedModel> {
    this.#checkNoneGenerated();
    const previous = this.#loading ?? Promise.resolve();
    // Begun on a later turn, so that a process that starts on the way finds `#loading` set and does not load too.
    const loading = previous.catch(() => undefined).then(() => this.#load(id));
    this.#loading = loading;
    try {
      return await loading;
    } finally {
      if (this.#loading === loading) this.#loading = null;
    }
  }

  /** @throws WorkbenchError `MODEL_NOT_FOUND` */
  folderOf(id: string): Promise<string> {
    return this.#catalogue.folderOf(id);
  }

  /** Frees the model's memory. What asks for an answer afterwards loads it again. */
  async unload(): Promise<void> {
    this.#checkNoneGenerated();
    await this.#loading?.catch(() => undefined);
    if (this.#status.value.model === null) return;
    await this.#process.client().unload();
    this.#status.update({ state: 'stopped', model: null, residentBytes: null });
  }

  /** @throws WorkbenchError `MODEL_NOT_FOUND`, `MODEL_NOT_REMOVABLE`, `ENGINE_BUSY`, `FOLDER_BUSY`, `FOLDER_UNWRITABLE` */
  async remove(id: string): Promise<void> {
    const folder = await this.#catalogue.folderOf(id);
    if (this.#pulledFolder === null || !this.#catalogue.isOwn(folder)) {
      throw new WorkbenchError('MODEL_NOT_REMOVABLE', `${folder} is not in the workbench's own folder for models.`, {
        action: 'Delete the folder yourself, or take it out of the settings.',
        details: { folder },
      });
    }
    this.checkFree();
    this.#checkFolderFree(folder);
    checkNoWriter(folder);
    await checkOwnPlace(folder, this.#pulledFolder);
    if (this.#status.value.model?.folder === folder) await this.unload();
    await removeModelFolder(folder, this.#pulledFolder);
    if (this.#chosenId === id) this.#chosenId = null;
    this.#onRemoved(id);
    this.#logger.log('info', 'Model deleted', { folder });
  }

  /** The engine with its model; waits while one is being loaded, loads the chosen one where there is none. */
  async ready(): Promise<{ engine: EngineClient; model: LoadedModel }> {
    // A load that fails leaves the model that was there; where there was none, it is tried again and says why.
    await this.#loading?.catch(() => undefined);
    const model = this.#status.value.model ?? (await this.load(this.#chosenId ?? embeddedModelId));
    return { engine: this.#process.client(), model };
  }

  /** For work that needs a tokenizer only. */
  async tokenizer(modelId: string | null): Promise<{ engine: EngineClient; folder: string }> {
    const folder = await this.#catalogue.folderOf(modelId ?? this.#chosenId ?? embeddedModelId);
    return { engine: this.#process.client(), folder };
  }

  /** @throws WorkbenchError `ENGINE_BUSY` where an answer could not begin now. */
  checkFree(): void {
    this.#checkNoneGenerated();
    if (this.#loading !== null) throw busy('A model is being loaded.', 'Wait until it is loaded, then try again.');
  }

  /** Marks the engine busy while a generation runs; one at a time. */
  async *generating<Event>(body: () => AsyncIterable<Event>): AsyncGenerator<Event> {
    this.checkFree();
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

  /** What the user wants of the caches was changed. */
  async applyCacheFolder(): Promise<void> {
    if (this.#status.value.model !== null) await this.#process.client().keepCaches({ folder: this.#cacheFolder() });
  }

  async stop(): Promise<void> {
    if (this.#memoryTimer !== null) clearInterval(this.#memoryTimer);
    this.#memoryTimer = null;
    this.#probes.stop();
    await this.#saveCaches();
    await this.#process.stop();
  }

  #checkNoneGenerated(): void {
    if (this.#generations > 0) {
      throw busy('Another answer is being generated.', 'Wait for its end or stop it, then try again.');
    }
  }

  async #load(id: string): Promise<LoadedModel> {
    this.#chosenId ??= id;
    this.#status.update({ state: 'loading', error: null });
    try {
      const folder = await this.#catalogue.folderOf(id);
      const model = { ...(await this.#loadFolder(folder, this.#device())), ...this.#catalogue.pulledName(folder) };
      this.#chosenId = id;
      this.#onLoaded(id);
      this.#status.update({ state: 'ready', model, error: null, processId: this.#process.processId });
      this.#logger.log('info', 'Model loaded', {
        folder,
        file: model.file,
        device: model.device,
        fallbacks: model.deviceFallbacks,
        memoryPlan: model.memoryPlan,
        loadMs: model.loadMs,
      });
      this.#memoryTimer ??= setInterval(() => void this.#readMemory(), memoryPollMs).unref();
      await this.#readMemory();
      return model;
    } catch (thrown) {
      const error = WorkbenchError.from(thrown);
      // A crash has its own state, set when the process ended.
      if (error.code !== 'ENGINE_CRASHED') {
        const state = this.#status.value.model === null ? 'failed' : 'ready';
        this.#status.update({ state, error: error.toReport() });
      }
      throw error;
    }
  }

  /** An engine that does not answer in time loses them: they only cost time. */
  async #saveCaches(): Promise<void> {
    if (this.#cacheFolder() === null || this.#status.value.model === null) return;
    const unloaded = this.#process.client().unload();
    const inTime = await Promise.race([
      unloaded.then(
        () => true,
        () => false,
      ),
      setTimeout(saveTimeoutMs, false, { ref: false }),
    ]);
    if (!inTime) this.#logger.log('warn', 'The caches were not saved');
  }

  /** Where a device takes the engine process with it, the same model is loaded without that device. */
  async #loadFolder(folder: string, device: DeviceWish): Promise<LoadedModel> {
    const probes = await this.#probes.of(folder, device);
    const client = this.#process.client();
    // A process that was started just now has said `starting`.
    this.#status.update({ state: 'loading' });
    const cacheFolder = this.#cacheFolder();
    if (cacheFolder !== null) await client.keepCaches({ folder: cacheFolder });
    try {
      return await client.load({ folder, device, probes });
    } catch (error) {
      const { code, message } = WorkbenchError.from(error);
      if (code !== 'ENGINE_CRASHED' || !this.#probes.lose(probes, message)) throw error;
      this.#logger.log('warn', 'The engine ended while it loaded a model; it is loaded on the CPU', { folder });
      return this.#loadFolder(folder, device);
    }
  }

  #onProcessState(state: ProcessState): void {
    const common = { processId: this.#process.processId, restarts: this.#process.restarts, residentBytes: null };
    if (state === 'running') {
      this.#status.update({ ...common, state: 'starting' });
      // After a crash nobody asks: bring the model back.
      if (this.#chosenId !== null && this.#loading === null) {
        this.load(this.#chosenId).catch((error: unknown) => this.#logger.log('error', 'Reloading failed', { error }));
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
    try {
      const { residentBytes } = await this.#process.client().memory();
      if (this.#status.value.state === 'ready') this.#status.update({ residentBytes });
    } catch (error) {
      this.#logger.log('debug', 'The memory of the engine is not known', { error });
    }
  }
}

function busy(message: string, action: string): WorkbenchError {
  return new WorkbenchError('ENGINE_BUSY', message, { action });
}
