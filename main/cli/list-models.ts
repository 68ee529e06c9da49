/** `lucie models list`: what can be loaded, and what is wrong where something is. */
import { parseArgs } from 'node:util';
import { defaultDataFolder, embeddedFiles, pulledModelsFolder, type EntryFiles } from '../app/index.ts';
import { silentLogger } from '../logger/index.ts';
import { Catalogue } from '../models/index.ts';
import { SettingsService } from '../settings/index.ts';

export async function listModels(args: string[], entry: EntryFiles): Promise<number> {
  const { values } = parseArgs({ args, options: { data: { type: 'string' } } });
  const dataFolder = values.data ?? defaultDataFolder();
  const settings = await SettingsService.open(dataFolder, silentLogger);
  const { modelFolder } = embeddedFiles(entry.rootFolder);
  const userFolders = (): string[] => settings.get().modelFolders;
  for (const model of await new Catalogue(modelFolder, userFolders, pulledModelsFolder(dataFolder)).list()) {
    process.stdout.write(`${model.id}\n  ${model.folder}\n`);
    if (model.problem !== null) {
      process.stdout.write(`  ${model.problem.message} ${model.problem.action}\n`);
      continue;
    }
    process.stdout.write(
      `  ${model.architecture}, ${model.layers} layers of ${model.hiddenSize}, vocabulary ${model.vocabularySize}, context ${model.contextLength}\n`,
    );
    for (const file of model.files) process.stdout.write(`  ${file.name}  ${(file.byteLength / 1e6).toFixed(1)} MB\n`);
  }
  return 0;
}
