/** The models that a workbench with the same data folder would list. */
import { defaultDataFolder, embeddedFiles, pulledModelsFolder, type EntryFiles } from '../app/index.ts';
import { silentLogger } from '../logger/index.ts';
import { Catalogue } from '../models/index.ts';
import { SettingsService } from '../settings/index.ts';

export async function openCatalogue(dataOption: string | undefined, entry: EntryFiles): Promise<Catalogue> {
  const dataFolder = dataOption ?? defaultDataFolder();
  const settings = await SettingsService.open(dataFolder, silentLogger);
  const { modelFolder } = embeddedFiles(entry.rootFolder);
  return new Catalogue(modelFolder, () => settings.get().modelFolders, pulledModelsFolder(dataFolder));
}
