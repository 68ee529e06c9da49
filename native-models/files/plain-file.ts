/**
 * A file that is nothing but a file, at its own place below a folder that the user chose: no symbolic link on the way, no second
 * name elsewhere, no device, pipe or folder. Checked before it is opened by code that would follow anything. What changes between
 * the check and the use is beyond it: whoever can write into the folder meanwhile can also replace the weights.
 */
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { ExportError } from '../export-error.ts';

const copyAction =
  'Make a real copy (`cp -RL FOLDER COPY`; for the cache of the hub: pull the model with the workbench), and use that.';

/** The size in bytes; `null` where there is no such file. `name` is relative to `folder`, with forward slashes. Throws `file.unsafe`. */
export async function plainFileSize(folder: string, name: string): Promise<number | null> {
  const parts = name.split('/').filter((part) => part !== '.');
  let path = folder;
  for (const [index, part] of parts.entries()) {
    path = join(path, part);
    const found = await lstat(path).catch((error: unknown) => {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR') return null;
      throw error;
    });
    if (found === null) return null;
    const isLast = index === parts.length - 1;
    if (found.isSymbolicLink()) throw unsafe(path, name, 'is a symbolic link', copyAction);
    if (!isLast && !found.isDirectory()) return null;
    if (!isLast) continue;
    if (!found.isFile()) {
      const what = found.isDirectory() ? 'is a folder' : 'is a device, a pipe or a socket';
      throw unsafe(path, name, `${what}, not a file`, 'Remove it, and download or export the model again.');
    }
    if (found.nlink > 1) throw unsafe(path, name, `has ${found.nlink} names (hard links)`, copyAction);
    return found.size;
  }
  return null;
}

function unsafe(path: string, file: string, fault: string, action: string): ExportError {
  return new ExportError('file.unsafe', `${path} ${fault}.`, { action, details: { path, file } });
}
