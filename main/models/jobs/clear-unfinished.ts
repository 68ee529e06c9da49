/** Takes away what an abandoned job left half done in a model folder, then the folders that are empty without it. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { removeEmptyFolder, removeEmptyFolders } from '../../files/remove-empty-folders.ts';

/** The work folder of the exporter, the parts of downloads with their journals, and locks of either. */
const unfinished = /^(\.export|\.download\.lock|.*\.part(\.json(\.tmp)?)?)$/;

/** `modelsFolder` itself stays; a folder outside it is only cleared. */
export async function clearUnfinished(folder: string, modelsFolder: string): Promise<void> {
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
