/**
 * One running workbench a data folder: a second one would take the first one's unfinished answers for interrupted ones.
 * The lock is a file that holds the process id; one left by a process that is gone is taken over.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WorkbenchError } from '../contract/errors.ts';

export function lockDataFolder(dataFolder: string): () => void {
  mkdirSync(dataFolder, { recursive: true });
  const path = join(dataFolder, 'workbench.lock');
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unwritable(dataFolder, error);
    const owner = Number(readFileSync(path, 'utf8'));
    if (owner !== process.pid && isRunning(owner)) throw alreadyOpen(dataFolder, path, owner);
    writeFileSync(path, String(process.pid));
  }
  return () => rmSync(path, { force: true });
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

function alreadyOpen(dataFolder: string, path: string, processId: number): WorkbenchError {
  return new WorkbenchError(
    'STORE_UNREADABLE',
    `A workbench (process ${processId}) already uses the data folder ${dataFolder}.`,
    {
      action: `Use that one, or choose another folder with --data. If none is running, delete ${path}.`,
      details: { path: dataFolder, processId },
    },
  );
}

function unwritable(dataFolder: string, cause: unknown): WorkbenchError {
  return new WorkbenchError('STORE_UNREADABLE', `The data folder ${dataFolder} cannot be written.`, {
    action: 'Check its permissions and the free disk space, or choose another folder.',
    details: { path: dataFolder },
    cause,
  });
}
