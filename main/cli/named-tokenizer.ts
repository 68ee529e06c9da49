/** What `--tokenizer NAME` names: a file or folder, a model of the list, or a repository of the hub; tried in this order. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { defaultDataFolder, hubTokenizersFolder, type EntryFiles } from '../app/index.ts';
import type { TokenizerSource } from '../contract/tokenisation.ts';
import { parseModelName } from '../hub/index.ts';
import { embeddedModelId, type Catalogue } from '../models/index.ts';
import { TokenizerSources, type FoundTokenizer } from '../tokens/index.ts';
import { openCatalogue } from './open-catalogue.ts';

/** Finds what is named; what a person should know of it is written to standard error. */
export type FindTokenizer = (name: string | undefined, signal: AbortSignal) => Promise<FoundTokenizer>;

export async function tokenizerFinder(dataOption: string | undefined, entry: EntryFiles): Promise<FindTokenizer> {
  const catalogue = await openCatalogue(dataOption, entry);
  const sources = new TokenizerSources({
    folderOfModel: (id) => catalogue.folderOf(id ?? embeddedModelId),
    hubFolder: hubTokenizersFolder(dataOption ?? defaultDataFolder()),
  });
  return async (name, signal) => {
    const source = await sourceOf(name, catalogue);
    const found = await sources.find(source, signal);
    if (found.isOffline && found.source.kind === 'hub') {
      const commit = found.source.revision.slice(0, 7);
      process.stderr.write(`The hub cannot be reached: ${found.name} is what was fetched before (${commit}).\n`);
    }
    return source.kind === 'chosen' || name === undefined ? found : { ...found, name };
  };
}

async function sourceOf(name: string | undefined, catalogue: Catalogue): Promise<TokenizerSource> {
  if (name === undefined) return { kind: 'chosen' };
  if (existsSync(name)) return { kind: 'file', path: resolve(name) };
  try {
    await catalogue.folderOf(name);
    return { kind: 'model', modelId: name };
  } catch (notAModel) {
    if (!/^[^/\\]+\/[^/\\]+$/.test(name)) throw notAModel;
  }
  const { repository, revision } = parseModelName(name);
  return { kind: 'hub', repository: repository.name, revision };
}
