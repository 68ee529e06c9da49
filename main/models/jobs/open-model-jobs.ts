/** The jobs of one workbench, with everything that they need to be done. */
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { WorkbenchError } from '../../contract/errors.ts';
import type { JobRequest } from '../../contract/model-jobs.ts';
import { folderFor, HubAccess, parseModelName } from '../../hub/index.ts';
import type { Logger } from '../../logger/index.ts';
import type { LaunchProcess } from '../../process/index.ts';
import { ConversionProcess } from './conversion-process.ts';
import { JobFile } from './job-file.ts';
import { ModelJobs } from './model-jobs.ts';
import { runRequest } from './run-request.ts';

export interface OpenModelJobsOptions {
  dataFolder: string;
  modelsFolder: string;
  /** What the int8 KV cache is calibrated with. */
  calibrationTexts: string[];
  folderOfModel: (modelId: string) => Promise<string>;
  /** The folder of the model that is loaded: a conversion into it would pull the files from under the engine. */
  loadedFolder: () => string | null;
  onReady: (folder: string) => Promise<void>;
  launch: LaunchProcess;
  logger: Logger;
}

export async function openModelJobs(options: OpenModelJobsOptions): Promise<ModelJobs> {
  const { dataFolder, modelsFolder, calibrationTexts, onReady, launch, logger } = options;
  const file = new JobFile(join(dataFolder, 'model-jobs.json'), logger);
  const conversion = new ConversionProcess(launch);
  return new ModelJobs({
    file,
    jobs: await file.read(),
    modelsFolder,
    folderOf: (request) => folderOfRequest(request, options),
    checkStart: (request, folder) => checkNotLoaded(request, folder, options),
    run: (request, work) =>
      runRequest(request, { ...work, access: HubAccess.fromEnvironment(), conversion, calibrationTexts }),
    onReady,
    logger,
  });
}

async function folderOfRequest(request: JobRequest, options: OpenModelJobsOptions): Promise<string> {
  if (request.kind === 'verify') return options.folderOfModel(request.modelId);
  const folder = await outputFolder(request, options.modelsFolder);
  checkNotLoaded(request, folder, options);
  return folder;
}

/** Also where a model was loaded while its job stood still. */
function checkNotLoaded(
  { kind }: JobRequest,
  folder: string,
  { loadedFolder }: Pick<OpenModelJobsOptions, 'loadedFolder'>,
): void {
  if (kind === 'verify' || folder !== loadedFolder()) return;
  throw new WorkbenchError('FOLDER_BUSY', `The model in ${folder} is loaded.`, {
    action: 'Unload it first: its files are about to be replaced.',
    details: { path: folder },
  });
}

async function outputFolder(request: Exclude<JobRequest, { kind: 'verify' }>, modelsFolder: string): Promise<string> {
  if (request.kind === 'get') {
    const { repository, revision } = parseModelName(`${request.repository}@${request.revision}`);
    return folderFor(modelsFolder, repository, revision);
  }
  const folder = resolve(request.folder);
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) return folder;
  throw new WorkbenchError('MODEL_NOT_FOUND', `There is no folder ${folder}.`, {
    action: 'Give the folder that holds config.json, tokenizer.json and the safetensors files.',
    details: { folder },
  });
}
