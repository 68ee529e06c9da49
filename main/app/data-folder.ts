/** The folder of the user's data: made where it is not there yet, or refused with a reason. */
import { mkdirSync } from 'node:fs';
import { WorkbenchError } from '../contract/errors.ts';

/** @throws WorkbenchError `STORE_UNREADABLE` */
export function makeDataFolder(dataFolder: string): void {
  try {
    mkdirSync(dataFolder, { recursive: true });
  } catch (error) {
    throw unwritableDataFolder(dataFolder, error);
  }
}

export function unwritableDataFolder(dataFolder: string, cause: unknown): WorkbenchError {
  return new WorkbenchError('STORE_UNREADABLE', `The data folder ${dataFolder} cannot be written.`, {
    action: 'Check its permissions and the free disk space, or choose another folder.',
    details: { path: dataFolder },
    cause,
  });
}
