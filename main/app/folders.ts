/** Where things lie: the files shipped with the workbench, and the user's data by the habits of each system. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

export interface EmbeddedFiles {
  modelFolder: string;
  sampleDataset: string;
  /** What the int8 KV cache of a converted model is calibrated with. */
  calibrationText: string;
}

/** `resourceFolder` holds `native-models/demo`: the checkout in development, the app's resources once packaged. */
export function embeddedFiles(resourceFolder: string): EmbeddedFiles {
  const demo = join(resourceFolder, 'native-models', 'demo');
  return {
    modelFolder: join(demo, 'lucie-demo'),
    sampleDataset: join(demo, 'sample-data', 'lucie-sample.parquet'),
    calibrationText: join(resourceFolder, 'native-models', 'calibrate', 'calibration-text.txt'),
  };
}

/** `LUCIE_DATA` wins; then the platform's place for application data (XDG base directories on Linux). */
export function defaultDataFolder(environment: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  if (environment.LUCIE_DATA) return environment.LUCIE_DATA;
  const name = 'Lucie Workbench';
  if (platform === 'win32') return join(environment.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), name);
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', name);
  return join(environment.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'lucie-workbench');
}

/** Keys and values of long conversations, where the user wants them kept. */
export function savedCachesFolder(dataFolder: string): string {
  return resolve(dataFolder, 'caches');
}

/** Models downloaded from the hub: `owner/name/revision` below it. */
export function pulledModelsFolder(dataFolder: string): string {
  return resolve(dataFolder, 'models');
}

/** Tokenizers fetched from the hub on their own: `owner/name/commit` below it. */
export function hubTokenizersFolder(dataFolder: string): string {
  return resolve(dataFolder, 'tokenizers');
}
