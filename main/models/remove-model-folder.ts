/** Deletes a model folder for good. Its config.json goes first: what is deleted in part is no model any more. */
import { realpath, rm } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { WorkbenchError } from '../contract/errors.ts';
import { removeEmptyFolders } from '../files/remove-empty-folders.ts';

/** `owner/name/revision`: a folder above would hold other models too. */
const depth = 3;

/** What lies elsewhere and is only linked to is somebody else's. @throws WorkbenchError `MODEL_NOT_REMOVABLE` */
export async function checkOwnPlace(folder: string, modelsFolder: string): Promise<void> {
  const path = relative(modelsFolder, folder);
  const isOwn =
    path.split(sep).length === depth && (await realpath(folder)) === join(await realpath(modelsFolder), path);
  if (isOwn) return;
  throw new WorkbenchError('MODEL_NOT_REMOVABLE', `${folder} is a link, or not the folder of one model.`, {
    action: 'Delete it yourself.',
    details: { folder },
  });
}

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
