/** One export a folder at a time: a file that names the process at work. That of a process that is gone is taken over. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { ExportError } from '../export-error.ts';

const held = new Set<string>();

/** Throws `output.busy`. */
export async function lockFolder(path: string): Promise<void> {
  const owner = held.has(path) ? process.pid : await livingOwner(path);
  if (owner !== null) {
    throw new ExportError('output.busy', `Process ${owner} is exporting into this folder (${path}).`, {
      action: 'Wait until it has finished; if no export is running, delete that file.',
      details: { path, process: owner },
    });
  }
  held.add(path);
  await writeFile(path, String(process.pid));
}

export async function unlockFolder(path: string): Promise<void> {
  await rm(path, { force: true });
  forgetLock(path);
}

/** For a lock whose file went with its folder. */
export function forgetLock(path: string): void {
  held.delete(path);
}

async function livingOwner(path: string): Promise<number | null> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  });
  const owner = Number(text);
  // Our own number on a lock that we do not hold is that of an earlier process.
  if (!Number.isSafeInteger(owner) || owner <= 0 || owner === process.pid) return null;
  try {
    process.kill(owner, 0);
    return owner;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? owner : null;
  }
}
