/** From what a person means by a tokenizer to the tokenizer.json that it is. */
import { stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { missingCase, WorkbenchError } from '../contract/errors.ts';
import type { TokenizerSource } from '../contract/tokenisation.ts';
import { HubAccess } from '../hub/index.ts';
import { hubTokenizer } from './hub-tokenizer.ts';

export interface SourceOptions {
  /** `null`: of the model that is loaded or would be. @throws WorkbenchError `MODEL_NOT_FOUND` */
  folderOfModel: (modelId: string | null) => Promise<string>;
  /** Where tokenizers of the hub are kept. */
  hubFolder: string;
  access?: () => HubAccess;
}

export interface FoundTokenizer {
  path: string;
  /** As it is found again: a repository at its commit. */
  source: TokenizerSource;
  name: string;
  /** The hub could not be reached: this is what was fetched from it earlier. */
  isOffline: boolean;
}

/** Somebody waits for it. */
const retryWhileWaited = { attempts: 2, longestRetryAfterMs: 2_000, stallMs: 10_000 };

export class TokenizerSources {
  readonly #options: SourceOptions;

  constructor(options: SourceOptions) {
    this.#options = options;
  }

  /** Asks the hub only for a `hub` source, and only where that commit is not here. @throws WorkbenchError `tokenizerErrors` */
  async find(source: TokenizerSource, signal: AbortSignal): Promise<FoundTokenizer> {
    const { folderOfModel, hubFolder, access = defaultAccess } = this.#options;
    switch (source.kind) {
      case 'chosen':
      case 'model': {
        const folder = await folderOfModel(source.kind === 'chosen' ? null : source.modelId);
        const isNamed = source.kind === 'model' && !isAbsolute(source.modelId);
        const name = isNamed ? source.modelId : basename(folder);
        return { path: join(folder, 'tokenizer.json'), source, name, isOffline: false };
      }
      case 'file': {
        const path = await fileOf(source.path);
        return { path, source, name: basename(dirname(path)), isOffline: false };
      }
      case 'hub': {
        const { repository, revision } = source;
        const { path, commit, isOffline } = await hubTokenizer(repository, revision, {
          folder: hubFolder,
          access,
          signal,
        });
        return { path, source: { ...source, revision: commit }, name: repository, isOffline };
      }
      default:
        return missingCase(source);
    }
  }
}

function defaultAccess(): HubAccess {
  return HubAccess.fromEnvironment(process.env, retryWhileWaited);
}

/** A folder stands for its tokenizer.json. */
async function fileOf(path: string): Promise<string> {
  if (!isAbsolute(path)) {
    throw new WorkbenchError('INVALID_INPUT', `${path} is not an absolute path.`, {
      action: 'Give the whole path of a tokenizer.json.',
    });
  }
  const isFolder = await stat(path).then(
    (status) => status.isDirectory(),
    () => false,
  );
  return isFolder ? join(path, 'tokenizer.json') : path;
}
