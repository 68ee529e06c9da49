/**
 * Owns the engine process and the model in it: loads, reports, unloads what is not used, and after a crash, a lost device, spent
 * memory or a run that does not come back starts the engine again with the model that was loaded. Chat and tokens reach the engine
 * only through here.
 */
import { setTimeout as wait } from 'node:timers/promises';
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
import { IdleWatch } from './idle-watch.ts';
import { checkOwnPlace, removeModelFolder } from './remove-model-folder.ts';

export type EngineClient = ContractRouterClient<typeof engineContract>;

const memoryPollMs = 5_000;
const saveTimeoutMs = 15_000;
/** A step takes less on any machine that a model of this size is of use on. */
const cancelLimitMs = 10_000;

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
  /** Whether an engine that is started again loads the chosen model; if not, what its state is then. */
  #atRest: 'stopped' | 'idle' | 'failed' | null = 'stopped';
  #generations = 0;
  readonly #idle: IdleWatch;
  readonly #pollMs: number;
  readonly #cancelLimitMs: number;
  #cancelTimer: NodeJS.Timeout | null = null;
  #pollTimer: NodeJS.Timeout | null = null;

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
    /** Without use for so long, the model is unloaded; asked again and again, 0 is never. Never where it is left out. */
    idleUnloadMs?: () => number;
    /** How often memory and idleness are looked at. */
    pollMs?: number;
    /** How long a generation may take to end once it is cancelled, before the engine process is replaced. */
    cancelLimitMs?: number;
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
    this.#idle = new IdleWatch(options.idleUnloadMs ?? (() => 0));
    this.#pollMs = options.pollMs ?? memoryPollMs;
    this.#cancelLimitMs = options.cancelLimitMs ?? cancelLimitMs;
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

  /** Devices that were lost since the workbench started: the next load takes another. */
  get avoidDevices(): ReadonlySet<LoadedModel['device']> {
    return this.#probes.lostDevices;
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
    await this.#unload('stopped');
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
    this.#idle.used();
    // A load that fails leaves the model that was there; where there was none, it is tried again and says why.
    await this.#loading?.catch(() => undefined);
    const model = this.#status.value.model ?? (await this.load(this.#chosenId ?? embeddedModelId));
    return { engine: this.#process.client(), model };
  }

  /** The engine with its model where there is one now and nothing else is done with it; asks for no load. */
  loaded(): { engine: EngineClient; model: LoadedModel } | null {
    const { state, model } = this.#status.value;
    if (state !== 'ready' || model === null) return null;
    this.#idle.used();
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

  /**
   * Marks the engine busy while a generation runs; one at a time. Where the device or the memory failed, the engine is replaced
   * after the error has gone to the reader: neither can be mended in the process.
   */
  async *generating<Event>(body: () => AsyncIterable<Event>): AsyncGenerator<Event> {
    this.checkFree();
    this.#generations++;
    this.#status.update({ state: 'busy' });
    try {
      yield* body();
    } catch (error) {
      const { code } = WorkbenchError.from(error);
      if (code === 'DEVICE_LOST') this.#avoid(this.#status.value.model?.device, error);
      if (code === 'DEVICE_LOST' || code === 'OUT_OF_MEMORY') this.#process.replace(WorkbenchError.from(error));
      throw error;
    } finally {
      this.#generations--;
      this.#idle.used();
      if (this.#cancelTimer !== null) clearTimeout(this.#cancelTimer);
      this.#cancelTimer = null;
      if (this.#status.value.state === 'busy') this.#status.update({ state: 'ready' });
      void this.#readMemory();
    }
  }

  /** What the user wants of the caches was changed. */
  async applyCacheFolder(): Promise<void> {
    if (this.#status.value.model !== null) await this.#process.client().keepCaches({ folder: this.#cacheFolder() });
  }

  /**
   * Ends the running generation. A run cannot be interrupted and a driver may never come back from one: what has not ended within
   * the limit ends with the engine process, which is replaced.
   */
  async cancel(engine: EngineClient, generationId: string): Promise<void> {
    if (this.#generations > 0) this.#cancelTimer ??= setTimeout(() => this.#endUnresponsive(), this.#cancelLimitMs);
    await engine.cancel({ generationId });
  }

  async stop(): Promise<void> {
    if (this.#pollTimer !== null) clearInterval(this.#pollTimer);
    if (this.#cancelTimer !== null) clearTimeout(this.#cancelTimer);
    this.#pollTimer = null;
    this.#cancelTimer = null;
    this.#probes.stop();
    await this.#saveCaches();
    await this.#process.stop();
  }

  #checkNoneGenerated(): void {
    if (this.#generations > 0) {
      throw busy('Another answer is being generated.', 'Wait for its end or stop it, then try again.');
    }
  }

  async #unload(state: 'stopped' | 'idle'): Promise<void> {
    if (this.#status.value.model === null) return;
    await this.#process.client().unload();
    this.#atRest = state;
    this.#status.update({ state, model: null, residentBytes: null });
  }

  #endUnresponsive(): void {
    const seconds = this.#cancelLimitMs / 1_000;
    this.#process.replace(
      new WorkbenchError('ENGINE_CRASHED', `The engine did not stop within ${seconds} s and was ended.`, {
        action: 'It is being started again; then send the message again.',
        details: { cause: 'unresponsive', seconds },
      }),
    );
  }

  /** Without the processor nothing would be left. */
  #avoid(device: LoadedModel['device'] | undefined, error: unknown): void {
    if (device !== undefined && device !== 'cpu') this.#probes.avoid(device, WorkbenchError.from(error).message);
  }

  async #load(id: string): Promise<LoadedModel> {
    this.#chosenId ??= id;
    this.#atRest = null;
    this.#idle.used();
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
      this.#idle.used();
      this.#pollTimer ??= setInterval(() => void this.#poll(), this.#pollMs).unref();
      await this.#readMemory();
      return model;
    } catch (thrown) {
      const error = WorkbenchError.from(thrown);
      // A crash has its own state, set when the process ended.
      if (error.code !== 'ENGINE_CRASHED') {
        const state = this.#status.value.model === null ? 'failed' : 'ready';
        // An engine that is started again brings back a model that was there; it does not try what just failed.
        this.#atRest = state === 'failed' ? 'failed' : null;
        this.#status.update({ state, error: error.toReport() });
        if (error.code === 'DEVICE_LOST') this.#process.replace(error);
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
      wait(saveTimeoutMs, false, { ref: false }),
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
      this.#status.update({ ...common, state: this.#atRest ?? 'starting' });
      // After a crash nobody asks: bring the model back.
      if (this.#chosenId !== null && this.#loading === null && this.#atRest === null) {
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

  async #poll(): Promise<void> {
    if (this.#status.value.state === 'ready' && this.#loading === null && this.#idle.isIdle) {
      this.#logger.log('info', 'The model was not used for a while and is unloaded');
      await this.#unload('idle').catch((error: unknown) => this.#logger.log('warn', 'Unloading failed', { error }));
    }
    await this.#readMemory();
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
