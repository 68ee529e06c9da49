/** Takes away what an abandoned job left half done in a model folder, then the folders that are empty without it. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { removeEmptyFolder, removeEmptyFolders } from '../../files/remove-empty-folders.ts';
import { checkNoWriter } from '../folder-writer.ts';

/** The work folder of the exporter, the parts of downloads with their journals, and locks of either. */
const unfinished = /^(\.export|\.download\.lock|.*\.part(\.json(\.tmp)?)?)$/;

/**
 * `modelsFolder` itself stays; a folder outside it is only cleared.
 * @throws WorkbenchError `FOLDER_BUSY` where somebody else is at work in it: what is there is theirs.
 */
export async function clearUnfinished(folder: string, modelsFolder: string): Promise<void> {
  checkNoWriter(folder);
  await clearFolder(folder);
  await clearFolder(join(folder, 'onnx'));
  await removeEmptyFolder(join(folder, 'onnx'));
  await removeEmptyFolders(folder, modelsFolder);
}

async function clearFolder(folder: string): Promise<void> {
  for (const name of await namesIn(folder)) {
    if (unfinished.test(name)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
}
