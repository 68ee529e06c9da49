/** One download a folder: a second one would write into the first one's parts. The lock of a dead process is taken over. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WorkbenchError } from '../contract/errors.ts';
import { diskError } from './disk.ts';

const lockName = '.download.lock';

/** Returns the release. @throws WorkbenchError `FOLDER_UNWRITABLE` */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, lockName);
  try {
    await writeFile(path, String(process.pid), { flag: 'wx' });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw diskError(folder, cause);
    const owner = Number(await readFile(path, 'utf8'));
    if (isRunning(owner)) throw taken(folder, path, owner);
    await writeFile(path, String(process.pid));
  }
  return () => rm(path, { force: true });
}

function isRunning(processId: number): boolean {
  if (!Number.isInteger(processId) || processId <= 0) return false;
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function taken(folder: string, path: string, processId: number): WorkbenchError {
  return new WorkbenchError('FOLDER_UNWRITABLE', `A download (process ${processId}) is already writing to ${folder}.`, {
    action: `Wait for its end. If none is running, delete ${path}.`,
    details: { path: folder, processId },
  });
}
