/** Takes away what an abandoned job left half done in a model folder, then the folders that are empty without it. */
import type { Dirent } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isInside, removeEmptyFolder, removeEmptyFolders } from '../../files/remove-empty-folders.ts';
import { checkNoWriter } from '../folder-writer.ts';

/** The parts of downloads with their journals, and their lock: files of the hub client, in folders that only it fills. */
const downloadLeftover = /^(\.download\.lock|.*\.part(\.json(\.tmp)?)?)$/;
/** The work folder of the exporter, which may be in anybody's folder. */
const exportFolder = '.export';

/**
 * `modelsFolder` itself stays; of a folder outside it, which is somebody's own, only the exporter's work folder goes.
 * @throws WorkbenchError `FOLDER_BUSY` where somebody else is at work in it: what is there is theirs.
 */
export async function clearUnfinished(folder: string, modelsFolder: string): Promise<void> {
  checkNoWriter(folder);
  await rm(join(folder, exportFolder), { recursive: true, force: true });
  if (!isInside(folder, modelsFolder)) return;
  await clearDownloads(folder);
  await clearDownloads(join(folder, 'onnx'));
  await removeEmptyFolder(join(folder, 'onnx'));
  await removeEmptyFolders(folder, modelsFolder);
}

async function clearDownloads(folder: string): Promise<void> {
  for (const entry of await entriesIn(folder)) {
    if (entry.isFile() && downloadLeftover.test(entry.name)) await rm(join(folder, entry.name), { force: true });
  }
}

function entriesIn(folder: string): Promise<Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException): Dirent[] => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
}
