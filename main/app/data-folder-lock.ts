/**
 * One running workbench a data folder: a second one would take the first one's unfinished answers for interrupted ones.
 * The lock is a file that holds the process id; one left by a process that is gone is taken over.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WorkbenchError } from '../contract/errors.ts';
import { makeDataFolder, unwritableDataFolder } from './data-folder.ts';

export function lockDataFolder(dataFolder: string): () => void {
  makeDataFolder(dataFolder);
  const path = join(dataFolder, 'workbench.lock');
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unwritableDataFolder(dataFolder, error);
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
