/** The engine without a workbench around it: no history, no settings are opened by `ask`, `tokens`, `score`, `replay` and `models`. */
import type { DeviceWish } from '../contract/devices.ts';
import { embeddedFiles, pulledModelsFolder, type EntryFiles } from '../app/index.ts';
import { lineLogger, silentLogger } from '../logger/index.ts';
import { ModelService } from '../models/index.ts';
import { launchNodeProcess } from '../process/index.ts';

export async function withModels<Result>(
  entry: EntryFiles,
  body: (models: ModelService) => Promise<Result>,
  /** `dataFolder`: whose downloaded models are known. */
  { dataFolder = null, device = 'auto' }: { dataFolder?: string | null; device?: DeviceWish } = {},
): Promise<Result> {
  // What goes wrong is thrown and printed once, in plain words.
  const logger = process.env.LUCIE_LOG ? lineLogger((line) => void process.stderr.write(line), 'debug') : silentLogger;
  const models = new ModelService({
    embeddedFolder: embeddedFiles(entry.rootFolder).modelFolder,
    userFolders: () => [],
    ...(dataFolder === null ? {} : { pulledFolder: pulledModelsFolder(dataFolder) }),
    device: () => device,
    launch: launchNodeProcess(entry.serviceModules, logger),
    logger,
  });
  try {
    return await body(models);
  } finally {
    await models.stop();
  }
}
