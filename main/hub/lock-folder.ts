/** One download a folder: a second one would write into the first one's parts. */
import { join } from 'node:path';
import { WorkbenchError } from '../contract/errors.ts';
import { takeLock, type Lock } from '../files/process-lock.ts';
import { diskError } from './disk.ts';

const lockName = '.download.lock';

/** Returns the release. @throws WorkbenchError `FOLDER_UNWRITABLE` */
export function lockFolder(folder: string): () => void {
  const path = join(folder, lockName);
  let lock: Lock;
  try {
    lock = takeLock(path);
  } catch (cause) {
    throw diskError(folder, cause);
  }
  if ('heldBy' in lock) throw taken(folder, path, lock.heldBy);
  return lock.release;
}

function taken(folder: string, path: string, processId: number): WorkbenchError {
  return new WorkbenchError('FOLDER_UNWRITABLE', `A download (process ${processId}) is already writing to ${folder}.`, {
    action: `Wait for its end. If none is running, delete ${path}.`,
    details: { path: folder, processId },
  });
}
