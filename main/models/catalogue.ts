/** The model folders that can be loaded: the embedded one, and those found under the user's folders. */
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { WorkbenchError } from '../contract/errors.ts';
import type { ModelSummary } from '../contract/models.ts';
import { describeModelFolder, isModelFolder } from './model-folder.ts';

export const embeddedModelId = 'lucie-demo';

export class Catalogue {
  readonly #embeddedFolder: string;
  readonly #userFolders: () => readonly string[];

  constructor(embeddedFolder: string, userFolders: () => readonly string[]) {
    this.#embeddedFolder = embeddedFolder;
    this.#userFolders = userFolders;
  }

  async list(): Promise<ModelSummary[]> {
    const folders = (await Promise.all(this.#userFolders().map(modelFoldersUnder))).flat();
    return Promise.all([
      describeModelFolder(this.#embeddedFolder, { id: embeddedModelId, embedded: true }),
      ...[...new Set(folders)].map((folder) => describeModelFolder(folder, { id: folder, embedded: false })),
    ]);
  }

  /** The folder of a model id; a folder's path is an id too, so that the command line can name one directly. */
  async folderOf(id: string): Promise<string> {
    if (id === embeddedModelId) return this.#embeddedFolder;
    if (await isModelFolder(id)) return resolve(id);
    throw new WorkbenchError('MODEL_NOT_FOUND', `There is no model ${id}.`, {
      action: `Choose one of the list, "${embeddedModelId}", or the path of a folder that holds config.json.`,
      details: { model: id },
    });
  }
}

/** The folder itself, or those of its children that hold a model; a folder that is listed stays listed when it is broken. */
async function modelFoldersUnder(folder: string): Promise<string[]> {
  if (await isModelFolder(folder)) return [folder];
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const children = entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name));
  const found = await Promise.all(children.map(async (child) => ((await isModelFolder(child)) ? [child] : [])));
  return found.flat().length > 0 ? found.flat() : [folder];
}
