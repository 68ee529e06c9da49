/** Puts the services together; every host starts the same workbench and differs only in what it passes in. */
import { join } from 'node:path';
import type { datasetContract } from '../contract/dataset.ts';
import type { tokenizerContract } from '../contract/tokenizer-process.ts';
import type { AppInfo } from '../contract/index.ts';
import { AnswerEnds, ChatService, ChatStore, DraftStore, HistoryService, PromptTemplateStore } from '../chat/index.ts';
import { DatasetService } from '../dataset/index.ts';
import type { Logger } from '../logger/index.ts';
import { embeddedModelId, ModelService, openModelJobs, type ModelJobs } from '../models/index.ts';
import { SupervisedProcess, type LaunchProcess } from '../process/index.ts';
import { createRouter, type WorkbenchRouter } from '../rpc/index.ts';
import { SettingsService } from '../settings/index.ts';
import { RunStore, SideBySideService } from '../side-by-side/index.ts';
import { ComparisonService, TokenService } from '../tokens/index.ts';
import { lockDataFolder } from './data-folder-lock.ts';
import { followCacheSetting } from './follow-cache-setting.ts';
import { hubTokenizersFolder, pulledModelsFolder, savedCachesFolder, type EmbeddedFiles } from './folders.ts';
import { version, onnxRuntimeVersion } from './versions.ts';

export interface WorkbenchOptions {
  host: AppInfo['host'];
  dataFolder: string;
  embedded: EmbeddedFiles;
  launch: LaunchProcess;
  logger: Logger;
}

export interface Workbench {
  router: WorkbenchRouter;
  models: ModelService;
  jobs: ModelJobs;
  settings: SettingsService;
  /** Loads the chosen model in the background; what goes wrong is in the engine's status. */
  loadChosenModel(): void;
  /** Stores what is under way and ends the service processes. */
  stop(): Promise<void>;
}

export async function createWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const { dataFolder, embedded, launch, logger } = options;
  const unlock = lockDataFolder(dataFolder);
  let settings: SettingsService;
  let store: ChatStore;
  let runs: RunStore;
  try {
    settings = await SettingsService.open(dataFolder, logger);
    const history = join(dataFolder, 'conversations.sqlite');
    store = new ChatStore(history);
    runs = new RunStore(history);
  } catch (error) {
    unlock();
    throw error;
  }
  const modelsFolder = pulledModelsFolder(dataFolder);
  const models = new ModelService({
    embeddedFolder: embedded.modelFolder,
    userFolders: () => settings.get().modelFolders,
    pulledFolder: modelsFolder,
    device: () => settings.get().device,
    launch,
    logger,
    onLoaded: (id) => rememberModel(settings, id, logger),
    onRemoved: (id) => {
      if (settings.get().modelId === id) rememberModel(settings, embeddedModelId, logger);
    },
    cacheFolder: () => (settings.get().keepCaches ? savedCachesFolder(dataFolder) : null),
    checkFolderFree: (folder) => jobs.checkFree(folder),
    idleUnloadMs: () => settings.get().idleUnloadMinutes * 60_000,
  });
  const jobs = await openModelJobs({
    dataFolder,
    modelsFolder,
    calibrationTexts: [embedded.calibrationText],
    folderOfModel: (id) => models.folderOf(id),
    loadedFolder: () => models.status().model?.folder ?? null,
    onReady: (folder) => listModel(models, settings, folder, logger),
    launch,
    logger,
  });
  const dataProcess = new SupervisedProcess<typeof datasetContract>({
    name: 'data',
    crashCode: 'DATA_PROCESS_CRASHED',
    launch,
    logger,
    onState: (state) => logger.log('info', 'Data process', { state }),
  });
  const dataset = new DatasetService({
    client: () => Promise.resolve(dataProcess.client()),
    samplePath: embedded.sampleDataset,
    recentFile: join(dataFolder, 'recent-datasets.json'),
    logger,
  });
  const tokenizerProcess = new SupervisedProcess<typeof tokenizerContract>({
    name: 'tokenizer',
    crashCode: 'TOKENIZER_CRASHED',
    launch,
    logger,
    onState: (state) => logger.log('info', 'Tokenizer process', { state }),
  });
  const tokens = new TokenService({
    client: () => tokenizerProcess.client(),
    folderOfModel: (id) => (id === null ? models.chosenFolder() : models.folderOf(id)),
    hubFolder: hubTokenizersFolder(dataFolder),
  });
  const comparison = new ComparisonService({ client: () => tokenizerProcess.client(), sources: tokens.sources });
  const answerEnds = new AnswerEnds();
  const chat = new ChatService({
    store,
    models,
    defaultSampling: () => settings.get().sampling,
    contextPolicy: () => settings.get().contextPolicy,
    workbenchVersion: version,
    onAnswerEnd: (end) => answerEnds.publish(end),
    logger,
  });
  const history = new HistoryService({ store, models, workbenchVersion: version });
  const sideBySide = new SideBySideService({
    store: runs,
    models,
    defaultSampling: () => settings.get().sampling,
    workbenchVersion: version,
    logger,
  });
  const stopped = new AbortController();
  void followCacheSetting(settings.watch(stopped.signal), models, savedCachesFolder(dataFolder), logger);
  const info: AppInfo = { version, host: options.host, platform: process.platform, dataFolder, onnxRuntimeVersion };
  return {
    router: createRouter({
      info,
      chat,
      answerEnds,
      history,
      drafts: new DraftStore(store.database),
      templates: new PromptTemplateStore(store.database),
      dataset,
      models,
      jobs,
      modelsFolder,
      settings,
      sideBySide,
      tokens,
      comparison,
    }),
    models,
    jobs,
    settings,
    loadChosenModel() {
      const chosen = settings.get().modelId ?? embeddedModelId;
      models.load(chosen).catch((error: unknown) => logger.log('error', 'The model could not be loaded', { error }));
    },
    async stop() {
      stopped.abort();
      await sideBySide.close();
      await chat.close();
      await jobs.close();
      await Promise.all([models.stop(), dataProcess.stop(), tokenizerProcess.stop()]);
      unlock();
    },
  };
}

/** The model that is loaded is the one to load at the next start. */
function rememberModel(settings: SettingsService, id: string, logger: Logger): void {
  const modelId = id === embeddedModelId ? null : id;
  if (settings.get().modelId === modelId) return;
  settings.update({ modelId }).catch((error: unknown) => logger.log('warn', 'The model was not remembered', { error }));
}

/** A folder that was converted where it lay is listed from now on. */
async function listModel(
  models: ModelService,
  settings: SettingsService,
  folder: string,
  logger: Logger,
): Promise<void> {
  try {
    if ((await models.list()).some((model) => model.folder === folder)) return;
    await settings.update({ modelFolders: [...settings.get().modelFolders, folder] });
  } catch (error) {
    logger.log('warn', 'The folder of a model was not added to the settings', { folder, error });
  }
}
