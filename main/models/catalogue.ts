/** The model folders that can be loaded: the embedded one, the user's, and those downloaded from the hub. */
import { readdir } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { WorkbenchError } from '../contract/errors.ts';
import type { ModelSummary } from '../contract/models.ts';
import { folderFor, parseModelName } from '../hub/index.ts';
import { describeModelFolder, isModelFolder } from './model-folder.ts';

export const embeddedModelId = 'lucie-demo';

/** `owner/name/revision`. */
const pulledDepth = 3;

export class Catalogue {
  readonly #embeddedFolder: string;
  readonly #userFolders: () => readonly string[];
  readonly #pulledFolder: string | null;

  /** `pulledFolder` holds models of the hub as `owner/name/revision`; it need not exist. */
  constructor(embeddedFolder: string, userFolders: () => readonly string[], pulledFolder: string | null = null) {
    this.#embeddedFolder = embeddedFolder;
    this.#userFolders = userFolders;
    this.#pulledFolder = pulledFolder;
  }

  async list(): Promise<ModelSummary[]> {
    const chosen = (await Promise.all(this.#userFolders().map(modelFoldersUnder))).flat();
    const pulled = this.#pulledFolder === null ? [] : await modelFoldersWithin(this.#pulledFolder, pulledDepth);
    const folders = [...new Set([...chosen, ...pulled])];
    return Promise.all([
      describeModelFolder(this.#embeddedFolder, { id: embeddedModelId, embedded: true, removable: false }),
      ...folders.map((folder) => {
        const removable = this.isOwn(folder);
        return describeModelFolder(folder, { id: folder, embedded: false, removable, ...this.pulledName(folder) });
      }),
    ]);
  }

  /** Whether a folder lies in the workbench's own folder for models, which it may delete from. */
  isOwn(folder: string): boolean {
    if (this.#pulledFolder === null) return false;
    const path = relative(this.#pulledFolder, folder);
    return path !== '' && !path.startsWith('..') && !isAbsolute(path);
  }

  /** Of a model of the hub: its folder is called after the revision, and `main` alone would be no name. */
  pulledName(folder: string): { name?: string } {
    if (this.#pulledFolder === null) return {};
    const [owner, name, revision, ...deeper] = relative(this.#pulledFolder, folder).split(sep);
    if (owner === '..' || name === undefined || revision === undefined || deeper.length > 0) return {};
    return { name: `${owner}/${name}@${revision}` };
  }

  /** The folder of a model id; a folder's path and `owner/name@revision` are ids too, so that a command line can name one. */
  async folderOf(id: string): Promise<string> {
    if (id === embeddedModelId) return this.#embeddedFolder;
    if (await isModelFolder(id)) return resolve(id);
    const pulled = this.#pulledFolder === null || isAbsolute(id) ? null : pulledModel(this.#pulledFolder, id);
    if (pulled !== null && (await isModelFolder(pulled))) return pulled;
    throw new WorkbenchError('MODEL_NOT_FOUND', `There is no model ${id}.`, {
      action: `Choose one of the list, "${embeddedModelId}", owner/name@revision, or a folder that holds config.json.`,
      details: { model: id },
    });
  }
}

/** Where a model of that name would lie; `null` for what is no name of the hub. */
function pulledModel(pulledFolder: string, id: string): string | null {
  try {
    const { repository, revision } = parseModelName(id);
    return folderFor(pulledFolder, repository, revision);
  } catch {
    return null;
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

/** Every model folder down to a depth; a folder that is not there holds none. */
async function modelFoldersWithin(folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const children = entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name));
  const found = children.sort().map(async (child) => {
    if (await isModelFolder(child)) return [child];
    return depth > 1 ? modelFoldersWithin(child, depth - 1) : [];
  });
  return (await Promise.all(found)).flat();
}
