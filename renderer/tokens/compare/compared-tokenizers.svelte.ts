/** The tokenizers that are compared: at first that of the loaded model; models, files and repositories of the hub are added. */
import { describedTokenizerSchema, mostComparedTokenizers } from '../../../main/contract/comparison.ts';
import type { ErrorReport } from '../../../main/contract/errors.ts';
import { tokenizerSourceSchema, type TokenizerSource } from '../../../main/contract/tokenisation.ts';
import type { Connection } from '../../connection/connection.ts';
import { isAbort, toErrorReport } from '../../rpc.ts';

export interface ComparedTokenizer {
  readonly source: TokenizerSource;
  /** Empty for that of the loaded model. */
  readonly name: string;
  /** Where its tokenizer.json lies; empty for that of the loaded model. */
  readonly path: string;
  /** The hub could not be reached when it was added. */
  readonly isOffline: boolean;
}

const storageKey = 'lucie.compared-tokenizers';
const storedSchema = describedTokenizerSchema
  .pick({ name: true, path: true, isOffline: true })
  .extend({ source: tokenizerSourceSchema })
  .array()
  .min(1)
  .max(mostComparedTokenizers);
const first: readonly ComparedTokenizer[] = [{ source: { kind: 'chosen' }, name: '', path: '', isOffline: false }];

export class ComparedTokenizers {
  readonly #connection: Connection;
  readonly #pathForFile: (file: File, signal?: AbortSignal) => Promise<string>;
  readonly #storage: Storage;
  readonly #onChange: () => void;
  #list = $state.raw<readonly ComparedTokenizer[]>(first);
  #adding = $state<string | null>(null);
  #error = $state.raw<ErrorReport | null>(null);
  #work: AbortController | null = null;

  constructor(
    connection: Connection,
    pathForFile: (file: File, signal?: AbortSignal) => Promise<string>,
    storage: Storage,
    onChange: () => void,
  ) {
    this.#connection = connection;
    this.#pathForFile = pathForFile;
    this.#storage = storage;
    this.#onChange = onChange;
    this.#list = remembered(storage) ?? first;
  }

  get list(): readonly ComparedTokenizer[] {
    return this.#list;
  }

  /** Name of what is being fetched or read. */
  get adding(): string | null {
    return this.#adding;
  }

  get error(): ErrorReport | null {
    return this.#error;
  }

  get isFull(): boolean {
    return this.#list.length >= mostComparedTokenizers;
  }

  has(source: TokenizerSource): boolean {
    return this.#list.some((entry) => sameSource(entry.source, source));
  }

  /** Whether it is there now. `name` is what a person calls it, where that is not what the main side would. */
  async add(source: TokenizerSource, name?: string): Promise<boolean> {
    const shown = name ?? ('path' in source ? source.path : 'repository' in source ? source.repository : '');
    return this.#run(shown, () => Promise.resolve({ source, ...(name !== undefined && { name }) }));
  }

  async addFile(file: File): Promise<boolean> {
    return this.#run(file.name, async (signal) => {
      const path = await this.#pathForFile(file, signal);
      return { source: { kind: 'file', path }, name: file.name };
    });
  }

  remove(entry: ComparedTokenizer): void {
    if (this.#list.length > 1) this.#show(this.#list.filter((other) => other !== entry));
  }

  cancelAdding(): void {
    this.#work?.abort();
    this.#adding = null;
  }

  dismissError(): void {
    this.#error = null;
  }

  async #run(
    shown: string,
    prepare: (signal: AbortSignal) => Promise<{ source: TokenizerSource; name?: string }>,
  ): Promise<boolean> {
    this.#work?.abort();
    const { signal } = (this.#work = new AbortController());
    this.#adding = shown;
    this.#error = null;
    try {
      const { source, name } = await prepare(signal);
      const found = await this.#connection.client.tokens.describe({ tokenizer: source }, { signal });
      if (signal.aborted) return false;
      const { path, isOffline } = found;
      const entry = { source: found.source, name: name ?? found.name, path, isOffline };
      if (!this.has(found.source)) this.#show([...this.#list, entry]);
      return true;
    } catch (thrown) {
      if (!signal.aborted && !isAbort(thrown)) this.#error = toErrorReport(thrown);
      return false;
    } finally {
      if (this.#work?.signal === signal) this.#adding = null;
    }
  }

  #show(list: readonly ComparedTokenizer[]): void {
    this.#list = list;
    this.#storage.setItem(storageKey, JSON.stringify(list));
    this.#onChange();
  }
}

function sameSource(a: TokenizerSource, b: TokenizerSource): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(source: TokenizerSource): [string, string][] {
  return Object.entries(source).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What was compared before the window was reloaded; `null` where that is nothing, or not readable. */
function remembered(storage: Storage): readonly ComparedTokenizer[] | null {
  try {
    const parsed = storedSchema.safeParse(JSON.parse(storage.getItem(storageKey) ?? 'null'));
    return parsed.data ?? null;
  } catch {
    return null;
  }
}
