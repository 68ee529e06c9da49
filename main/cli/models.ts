/** `lucie models`: what can be loaded, and what is wrong where something is. */
import { parseArgs } from 'node:util';
import { defaultDataFolder, type EntryFiles } from '../app/index.ts';
import { silentLogger } from '../logger/index.ts';
import { Catalogue } from '../models/index.ts';
import { embeddedFiles } from '../app/index.ts';
import { SettingsService } from '../settings/index.ts';

export async function models(args: string[], entry: EntryFiles): Promise<number> {
  const { values } = parseArgs({ args, options: { data: { type: 'string' } } });
  const settings = await SettingsService.open(values.data ?? defaultDataFolder(), silentLogger);
  const catalogue = new Catalogue(embeddedFiles(entry.rootFolder).modelFolder, () => settings.get().modelFolders);
  for (const model of await catalogue.list()) {
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
