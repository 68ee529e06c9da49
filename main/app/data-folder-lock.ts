/** One running workbench a data folder: a second one would take the first one's unfinished answers for interrupted ones. */
import { join } from 'node:path';
import { WorkbenchError } from '../contract/errors.ts';
import { takeLock, type Lock } from '../files/process-lock.ts';
import { makeDataFolder, unwritableDataFolder } from './data-folder.ts';

/** Returns the release. @throws WorkbenchError `STORE_UNREADABLE` */
export function lockDataFolder(dataFolder: string): () => void {
  makeDataFolder(dataFolder);
  const path = join(dataFolder, 'workbench.lock');
  let lock: Lock;
  try {
    lock = takeLock(path);
  } catch (error) {
    throw unwritableDataFolder(dataFolder, error);
  }
  if ('heldBy' in lock) throw alreadyOpen(dataFolder, path, lock.heldBy);
  return lock.release;
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
