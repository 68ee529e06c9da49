/**
 * Finds the other parts of the workbench from the file that was started, which is either a source (`main/cli/index.ts`,
 * run by Node as it is) or a bundle (`out/main/cli.js`). Both lie two folders below the root.
 */
import { dirname, join, resolve } from 'node:path';
import { quantizeWorkerFile } from '../convert/index.ts';
import type { ServiceProcessName } from '../process/index.ts';

export interface EntryFiles {
  /** Holds `native-models/demo`. */
  rootFolder: string;
  rendererFolder: string;
  serviceModules: Record<ServiceProcessName, string>;
  /** For a conversion in the process that was started. */
  quantizeWorker: string;
}

export function entryFiles(startedFile: string): EntryFiles {
  const folder = dirname(startedFile);
  const rootFolder = resolve(folder, '../..');
  const isSource = startedFile.endsWith('.ts');
  return {
    rootFolder,
    rendererFolder: join(rootFolder, 'out', 'renderer'),
    quantizeWorker: quantizeWorkerFile(startedFile),
    serviceModules: isSource
      ? {
          engine: join(rootFolder, 'main/engine/process.ts'),
          data: join(rootFolder, 'main/dataset/process.ts'),
          tokenizer: join(rootFolder, 'main/tokenizer/process.ts'),
          convert: join(rootFolder, 'main/convert/process.ts'),
        }
      : {
          engine: join(folder, 'engine-process.js'),
          data: join(folder, 'data-process.js'),
          tokenizer: join(folder, 'tokenizer-process.js'),
          convert: join(folder, 'convert-process.js'),
        },
  };
}
