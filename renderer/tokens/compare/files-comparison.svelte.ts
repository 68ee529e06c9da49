/** The texts of a file or folder through the compared tokenizers: how far it is, and the figures at its end. */
import type { ComparedFile, LanguageTotals, SkipReason } from '../../../main/contract/comparison.ts';
import type { ErrorReport } from '../../../main/contract/errors.ts';
import type { Progress } from '../../../main/contract/progress.ts';
import type { Connection } from '../../connection/connection.ts';
import { isAbort, toErrorReport } from '../../rpc.ts';
import type { ComparedTokenizer } from './compared-tokenizers.svelte.ts';

export interface ComparedFiles {
  readonly path: string;
  /** As they were when it was begun. */
  readonly tokenizers: readonly ComparedTokenizer[];
  readonly languages: readonly LanguageTotals[];
  readonly total: LanguageTotals;
  readonly files: readonly ComparedFile[];
  readonly skipped: readonly { path: string; reason: SkipReason }[];
  readonly skippedCount: number;
  /** `index` is the place of the tokenizer. */
  readonly failures: readonly { index: number; error: ErrorReport }[];
}

export class FilesComparison {
  readonly #connection: Connection;
  readonly #pathForFile: (file: File, signal?: AbortSignal) => Promise<string>;
  #result = $state.raw<ComparedFiles | null>(null);
  #progress = $state.raw<Progress | null>(null);
  #running = $state<string | null>(null);
  #error = $state.raw<ErrorReport | null>(null);
  #work: AbortController | null = null;

  constructor(connection: Connection, pathForFile: (file: File, signal?: AbortSignal) => Promise<string>) {
    this.#connection = connection;
    this.#pathForFile = pathForFile;
  }

  get result(): ComparedFiles | null {
    return this.#result;
  }

  get progress(): Progress | null {
    return this.#progress;
  }

  /** What is being counted. */
  get running(): string | null {
    return this.#running;
  }

  get error(): ErrorReport | null {
    return this.#error;
  }

  cancel(): void {
    this.#work?.abort();
    this.#running = null;
  }

  run(path: string, tokenizers: readonly ComparedTokenizer[]): Promise<void> {
    return this.#run(path, tokenizers, () => Promise.resolve(path));
  }

  runFile(file: File, tokenizers: readonly ComparedTokenizer[]): Promise<void> {
    return this.#run(file.name, tokenizers, (signal) => this.#pathForFile(file, signal));
  }

  async #run(
    name: string,
    tokenizers: readonly ComparedTokenizer[],
    find: (signal: AbortSignal) => Promise<string>,
  ): Promise<void> {
    this.#work?.abort();
    const { signal } = (this.#work = new AbortController());
    this.#running = name;
    this.#progress = null;
    this.#error = null;
    this.#result = null;
    const files: ComparedFile[] = [];
    const skipped: { path: string; reason: SkipReason }[] = [];
    const failures: { index: number; error: ErrorReport }[] = [];
    try {
      const path = await find(signal);
      const sources = tokenizers.map(({ source }) => source);
      const events = await this.#connection.client.tokens.compareFiles({ path, tokenizers: sources }, { signal });
      for await (const event of events) {
        if (signal.aborted) return;
        if (event.type === 'progress') this.#progress = event.progress;
        if (event.type === 'file') files.push(event.file);
        if (event.type === 'skipped') skipped.push({ path: event.path, reason: event.reason });
        if (event.type === 'failed') failures.push(event);
        if (event.type === 'end') this.#result = { ...event, path: name, tokenizers, files, skipped, failures };
      }
    } catch (thrown) {
      if (!signal.aborted && !isAbort(thrown)) this.#error = toErrorReport(thrown);
    } finally {
      if (this.#work?.signal === signal) this.#running = null;
    }
  }
}
