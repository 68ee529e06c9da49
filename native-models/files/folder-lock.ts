/** One export a folder at a time: a file that names the process at work. That of a process that is gone is taken over. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { ExportError } from '../export-error.ts';
import { isRunning } from './is-running.ts';

const held = new Set<string>();

/** One that is ending has so long: what killed the workbench may have left an export a moment behind. */
const patienceMs = 3_000;

/** Throws `output.busy`. */
export async function lockFolder(path: string): Promise<void> {
  if (held.has(path)) throw busy(path, process.pid);
  held.add(path);
  try {
    const until = Date.now() + patienceMs;
    while (!(await take(path))) {
      const owner = await livingOwner(path);
      if (owner === null) await rm(path, { force: true });
      else if (Date.now() > until) throw busy(path, owner);
      else await delay(50);
    }
  } catch (error) {
    held.delete(path);
    throw error;
  }
}

/** False where somebody has it: of two that try at once only one succeeds. */
async function take(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function busy(path: string, owner: number): ExportError {
  return new ExportError('output.busy', `Process ${owner} is exporting into this folder (${path}).`, {
    action: 'Wait until it has finished; if no export is running, delete that file.',
    details: { path, process: owner },
  });
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
  return isRunning(owner) ? owner : null;
}
