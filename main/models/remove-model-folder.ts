/** Deletes a model folder for good. Its config.json goes first: what is deleted in part is no model any more. */
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { WorkbenchError } from '../contract/errors.ts';
import { removeEmptyFolders } from '../files/remove-empty-folders.ts';

/** @throws WorkbenchError `FOLDER_UNWRITABLE` */
export async function removeModelFolder(folder: string, modelsFolder: string): Promise<void> {
  try {
    await rm(join(folder, 'config.json'));
    await rm(folder, { recursive: true });
  } catch (cause) {
    throw new WorkbenchError('FOLDER_UNWRITABLE', `${folder} could not be deleted (${String(cause)}).`, {
      action: 'Close what uses its files, then try again.',
      details: { path: folder },
      cause,
    });
  }
  await removeEmptyFolders(dirname(folder), modelsFolder);
}
