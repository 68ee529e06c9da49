/** The text files below a folder, in the order of their paths, and what else lies there. Links are not followed. */
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { SkipReason } from '../../contract/comparison.ts';
import { WorkbenchError } from '../../contract/errors.ts';

export interface TextFile {
  path: string;
  /** Below the folder, with slashes; of a single file, its name. */
  name: string;
  byteLength: number;
}

export interface FoundFiles {
  files: TextFile[];
  skipped: { name: string; reason: SkipReason }[];
}

const textEndings = ['.txt', '.text', '.md'];

/**
 * `path` may be a file: then it is taken, whatever its name.
 * @throws WorkbenchError `FILE_NOT_FOUND`, `FILE_UNREADABLE`
 */
export async function findTextFiles(path: string, signal: AbortSignal): Promise<FoundFiles> {
  const found: FoundFiles = { files: [], skipped: [] };
  const status = await stat(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  if (!status.isDirectory()) {
    const name = basename(path);
    if (status.isFile()) found.files.push({ path, name, byteLength: status.size });
    else found.skipped.push({ name, reason: 'not-a-file' });
    return found;
  }
  await walk(path, '', found, signal);
  return found;
}

async function walk(folder: string, prefix: string, found: FoundFiles, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    if (prefix === '') throw unreadable(folder, cause);
    found.skipped.push({ name: prefix, reason: 'unreadable' });
    return [];
  });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    const name = `${prefix}${entry.name}`;
    if (entry.isDirectory()) await walk(path, `${name}/`, found, signal);
    else if (!entry.isFile()) found.skipped.push({ name, reason: 'not-a-file' });
    else if (!textEndings.some((ending) => entry.name.toLowerCase().endsWith(ending)))
      found.skipped.push({ name, reason: 'other-kind' });
    else {
      const status = await stat(path).catch(() => null);
      if (status === null) found.skipped.push({ name, reason: 'unreadable' });
      else found.files.push({ path, name, byteLength: status.size });
    }
  }
}

function unreadable(path: string, cause: unknown): WorkbenchError {
  const isMissing = ['ENOENT', 'ENOTDIR'].includes((cause as NodeJS.ErrnoException).code ?? '');
  const details = { path, name: basename(path) };
  if (isMissing) {
    const action = 'Check the path; it may have been moved or deleted.';
    return new WorkbenchError('FILE_NOT_FOUND', `There is no file or folder at ${path}.`, { action, details, cause });
  }
  return new WorkbenchError('FILE_UNREADABLE', `${path} cannot be read: ${String(cause)}`, {
    action: 'Check your permissions.',
    details,
    cause,
  });
}
