/** A published model in a folder on disk. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FileByteSource } from '../safetensors/file-byte-source.ts';
import type { ModelSource } from './model-source.ts';
import { readOptionalSourceFile } from './source-folder.ts';

export function localSource(folder: string): ModelSource {
  return {
    name: folder,
    origin: null,
    revision: null,
    readFile: (file) => readOptionalSourceFile(folder, file),
    has: (file) =>
      stat(join(folder, file)).then(
        (found) => found.isFile(),
        () => false,
      ),
    open: (file) => FileByteSource.open(join(folder, file)),
    localPath: (file) => join(folder, file),
  };
}
