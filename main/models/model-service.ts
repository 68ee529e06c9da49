/**
 * Owns the engine process and the model in it: loads, reports, unloads what is not used, and after a crash, a lost device, spent
 * memory or a run that does not come back starts the engine again with the model that was loaded. Chat and tokens reach the engine
 * only through here.
 */
import type { DeviceWish } from '../contract/devices.ts';
import type { engineContract, LoadedModel } from '../contract/engine.ts';
import { WorkbenchError } from '../contract/errors.ts';
import type { EngineStatus, ModelSummary } from '../contract/models.ts';
import type { Logger } from '../logger/index.ts';
import { SupervisedProcess, type ProcessState } from '../process/index.ts';
import { Catalogue, embeddedModelId } from './catalogue.ts';
import { DeviceProbes } from './device-probes.ts';
import type { EngineClient } from './engine-client.ts';
import { EngineCaches } from './engine-caches.ts';
import { EngineStatusHolder } from './engine-status.ts';
import { checkNoWriter } from './folder-writer.ts';
import { busy, Generations } from './generations.ts';
import { HeldEngine, type HeldModel } from './held-engine.ts';
import { IdleWatch } from './idle-watch.ts';
import { loadFolder } from './load-folder.ts';
import { ModelPoll } from './model-poll.ts';
import type { ModelServiceOptions } from './model-service-options.ts';
import { checkOwnPlace, removeModelFolder } from './remove-model-folder.ts';

export type { EngineClient };

export class ModelService {
  readonly #catalogue: Catalogue;
  readonly #process: SupervisedProcess<typeof engineContract>;
  readonly #status = new EngineStatusHolder();
  readonly #logger: Logger;
  readonly #pulledFolder: string | null;
  readonly #onLoaded: (id: string) => void;
  readonly #onRemoved: (id: string) => void;
  readonly #caches: EngineCaches;
  readonly #checkFolderFree: (folder: string) => void;
  readonly #device: () => DeviceWish;
  readonly #probes: DeviceProbes;
  /** The model to bring back after a crash: the last one that loaded, or the first one asked for while none has. */
  #chosenId: string | null = null;
  /** Loads and unloads, one after the other: the last of them, while it is not done. */
  #changing: Promise<unknown> | null = null;
  #unloading: Promise<void> | null = null;
  /** Whether an engine that is started again loads the chosen model; if not, what its state is then. */
  #atRest: 'stopped' | 'idle' | 'failed' | null = 'stopped';
  readonly #idle: IdleWatch;
  readonly #poll: ModelPoll;
  readonly #generations: Generations;
  /** Who has the engine for several models in turn. */
  #held: HeldEngine | null = null;

  constructor(options: ModelServiceOptions) {
    this.#catalogue = new Catalogue(options.embeddedFolder, options.userFolders, options.pulledFolder);
    this.#logger = options.logger;
    this.#onLoaded = options.onLoaded ?? (() => undefined);
    this.#onRemoved = options.onRemoved ?? (() => undefined);
    this.#checkFolderFree = options.checkFolderFree ?? (() => undefined);
    this.#pulledFolder = options.pulledFolder ?? null;
    this.#device = options.device ?? (() => 'auto');
    this.#probes = new DeviceProbes(options);
    this.#idle = new IdleWatch(options.idleUnloadMs ?? (() => 0));
    this.#process = new SupervisedProcess({
      name: 'engine',
      crashCode: 'ENGINE_CRASHED',
      launch: options.launch,
      logger: options.logger,
      onState: (state) => this.#onProcessState(state),
    });
    this.#caches = new EngineCaches(this.#process, options.cacheFolder ?? (() => null), options.logger);
    this.#poll = new ModelPoll({
      process: this.#process,
      status: this.#status,
      logger: options.logger,
      pollMs: options.pollMs,
      onPoll: () => this.#unloadIdle(),
    });
    this.#generations = new Generations({
      process: this.#process,
      probes: this.#probes,
      status: this.#status,
      cancelLimitMs: options.cancelLimitMs,
      onEnd: () => {
        this.#idle.used();
        void this.#poll.readMemory();
      },
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
  load(id: string): Promise<LoadedModel> {
    return this.#inTurn(() => this.#load(id));
  }

  /** @throws WorkbenchError `MODEL_NOT_FOUND` */
  folderOf(id: string): Promise<string> {
    return this.#catalogue.folderOf(id);
  }

  /** Frees the model's memory. What asks for an answer afterwards loads it again. */
  unload(): Promise<void> {
    return this.#inTurn(() => this.#unload('stopped'));
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

  /** The engine with its model; waits while one is loaded or unloaded, loads the chosen one where there is none. */
  async ready(): Promise<{ engine: EngineClient; model: LoadedModel }> {
    this.#checkHolder(null);
    this.#idle.used();
    // A load that fails leaves the model that was there; where there was none, it is tried again and says why.
    await this.#changing?.catch(() => undefined);
    const model = this.#status.value.model ?? (await this.load(this.#chosenId ?? embeddedModelId));
    return { engine: this.#process.client(), model };
  }

  /** The engine with its model where there is one now and nothing else is done with it; asks for no load. */
  loaded(): { engine: EngineClient; model: LoadedModel } | null {
    const { state, model } = this.#status.value;
    if (state !== 'ready' || model === null || this.#held !== null) return null;
    this.#idle.used();
    return { engine: this.#process.client(), model };
  }

  /** Of the model that is loaded, or that would be. @throws WorkbenchError `MODEL_NOT_FOUND` */
  chosenFolder(): Promise<string> {
    return this.#catalogue.folderOf(this.#chosenId ?? embeddedModelId);
  }

  /** @throws WorkbenchError `ENGINE_BUSY` where an answer could not begin now, or not with this `model` any more. */
  checkFree(model?: LoadedModel, holder: HeldEngine | null = null): void {
    this.#checkHolder(holder);
    this.#generations.checkNoneWanted();
    if (this.#changing !== null) {
      throw busy('A model is being loaded or unloaded.', 'Wait until that is done, then try again.');
    }
    if (model !== undefined && this.#status.value.model !== model) {
      throw busy('The model was changed while the text was encoded for it.', 'Try again with the model of now.');
    }
  }

  /**
   * Marks the engine busy while a generation runs; one at a time, and only with the `model` that its ids are of. One whose caller's
   * `signal` is aborted is waited for, so that a text can be changed and asked about again at once.
   * @throws WorkbenchError as `checkFree`, and what the generation throws
   */
  async *generating<Event>(
    body: () => AsyncIterable<Event>,
    model?: LoadedModel,
    signal?: AbortSignal,
    holder: HeldEngine | null = null,
  ): AsyncGenerator<Event> {
    this.checkFree(model, holder);
    await this.#generations.cancelledEnded();
    this.checkFree(model, holder);
    yield* this.#generations.run(body, signal);
  }

  /**
   * Keeps the engine for one who answers with several models in turn: until it is released everyone else is told `ENGINE_BUSY`, and
   * what is loaded meanwhile changes nothing of which model is the chosen one.
   * @throws WorkbenchError `ENGINE_BUSY`, before anything is unloaded
   */
  hold(): HeldEngine {
    this.checkFree();
    const chosenId = this.#chosenId ?? embeddedModelId;
    // At rest nothing was loaded; otherwise there was a model, or a crash is about to bring it back.
    const before = this.#atRest === null ? chosenId : null;
    const atRest = this.#atRest === 'idle' ? 'idle' : 'stopped';
    const held: HeldEngine = new HeldEngine({
      chosenId,
      swap: async (id) => {
        await this.#generations.cancelledEnded();
        return this.#inTurn(() => this.#swap(id), held);
      },
      generating: (body, model, signal) => this.generating(body, model, signal, held),
      cancel: (engine, generationId) => this.cancel(engine, generationId),
      putBack: () => this.#inTurn(() => this.#putBack(before, atRest), held),
      release: () => {
        if (this.#held === held) this.#held = null;
      },
    });
    this.#held = held;
    return held;
  }

  /** What the user wants of the caches was changed. Starts no process. */
  applyCacheFolder(): Promise<void> {
    return this.#caches.tellRunning();
  }

  /** Drops, in memory and on disk, every sequence that begins with one of these prompts: their conversation is gone. */
  forget(prompts: number[][]): Promise<void> {
    return this.#caches.forget(prompts);
  }

  /**
   * Ends the running generation. A run cannot be interrupted and a driver may never come back from one: what has not ended within
   * the limit ends with the engine process, which is replaced.
   */
  async cancel(engine: EngineClient, generationId: string): Promise<void> {
    this.#generations.cancelled();
    await engine.cancel({ generationId });
  }

  async stop(): Promise<void> {
    this.#poll.stop();
    this.#generations.stop();
    this.#probes.stop();
    await this.#caches.save(this.#unloading, this.#status.value.model !== null);
    await this.#process.stop();
  }

  /** One after the other, so that no answer falls into a change and no change into another. */
  async #inTurn<Result>(change: () => Promise<Result>, holder: HeldEngine | null = null): Promise<Result> {
    this.#checkHolder(holder);
    this.#generations.checkNone();
    const previous = this.#changing ?? Promise.resolve();
    // Begun on a later turn, so that a process that starts on the way finds `#changing` set and does not load too.
    const changing = previous.catch(() => undefined).then(change);
    this.#changing = changing;
    try {
      return await changing;
    } finally {
      if (this.#changing === changing) this.#changing = null;
    }
  }

  /** @throws WorkbenchError `ENGINE_BUSY` */
  #checkHolder(holder: HeldEngine | null): void {
    if (this.#held === null || this.#held === holder) return;
    throw busy('Answers are being compared side by side.', 'Wait for the end of the comparison or stop it.');
  }

  /** The model that is loaded goes first: two of them may be more than the memory holds. */
  async #swap(id: string): Promise<HeldModel> {
    const folder = await this.#catalogue.folderOf(id);
    const { model: present } = this.#status.value;
    if (present?.folder === folder) return { engine: this.#process.client(), model: present, wasLoaded: true };
    await this.#unload('stopped');
    const model = await this.#load(id, { isChoice: false });
    return { engine: this.#process.client(), model, wasLoaded: false };
  }

  /** May take long, where caches are written; to everyone else the model is gone at once. */
  async #unload(state: 'stopped' | 'idle'): Promise<void> {
    if (this.#status.value.model === null) return;
    this.#atRest = state;
    this.#status.update({ state, model: null, residentBytes: null });
    try {
      await (this.#unloading = this.#process.client().unload());
    } finally {
      this.#unloading = null;
    }
  }

  /** `null`: nothing was loaded, and nothing is again, whatever became of the engine meanwhile. */
  async #putBack(id: string | null, atRest: 'stopped' | 'idle'): Promise<void> {
    if (id !== null) return void (await this.#swap(id));
    await this.#unload(atRest);
    this.#atRest = atRest;
    this.#status.update({ state: atRest, error: null });
  }

  async #load(id: string, { isChoice = true } = {}): Promise<LoadedModel> {
    if (isChoice) this.#chosenId ??= id;
    this.#atRest = null;
    this.#idle.used();
    this.#status.update({ state: 'loading', error: null });
    try {
      const folder = await this.#catalogue.folderOf(id);
      const model = { ...(await this.#loadFolder(folder)), ...this.#catalogue.pulledName(folder) };
      if (isChoice) this.#chosenId = id;
      if (isChoice) this.#onLoaded(id);
      this.#status.update({ state: 'ready', model, error: null, processId: this.#process.processId });
      const { file, device, deviceFallbacks: fallbacks, memoryPlan, loadMs } = model;
      this.#logger.log('info', 'Model loaded', { folder, file, device, fallbacks, memoryPlan, loadMs });
      this.#idle.used();
      this.#poll.begin();
      await this.#poll.readMemory();
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

  #loadFolder(folder: string): Promise<LoadedModel> {
    const onProcess = () => this.#status.update({ state: 'loading' });
    const [process, probes, caches, logger] = [this.#process, this.#probes, this.#caches, this.#logger];
    return loadFolder({ process, probes, caches, logger, onProcess }, folder, this.#device());
  }

  #onProcessState(state: ProcessState): void {
    const common = { processId: this.#process.processId, restarts: this.#process.restarts, residentBytes: null };
    if (state === 'running') {
      this.#status.update({ ...common, state: this.#atRest ?? 'starting' });
      // After a crash nobody asks: bring the model back.
      if (this.#chosenId !== null && this.#changing === null && this.#atRest === null && this.#held === null) {
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

  async #unloadIdle(): Promise<void> {
    if (this.#status.value.state !== 'ready' || this.#changing !== null || !this.#idle.isIdle) return;
    if (this.#held !== null) return;
    this.#logger.log('info', 'The model was not used for a while and is unloaded');
    try {
      await this.#inTurn(() => this.#unload('idle'));
    } catch (error) {
      this.#logger.log('warn', 'Unloading failed', { error });
    }
  }
}
