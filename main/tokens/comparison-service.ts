/** Comparisons as the main side offers them: finds every tokenizer that is meant; the tokenizer process does the counting. */
import { isAbsolute } from 'node:path';
import type { CompareEvent, CompareFilesEvent } from '../contract/comparison.ts';
import { WorkbenchError, type ErrorReport } from '../contract/errors.ts';
import type { TokenizerSource } from '../contract/tokenisation.ts';
import type { TokenizerClient } from './token-service.ts';
import type { TokenizerSources } from './tokenizer-sources.ts';

export interface ComparisonOptions {
  client: () => TokenizerClient;
  sources: TokenizerSources;
}

interface Failure {
  type: 'failed';
  index: number;
  error: ErrorReport;
}

export class ComparisonService {
  readonly #options: ComparisonOptions;

  constructor(options: ComparisonOptions) {
    this.#options = options;
  }

  async *compare(
    { tokenizers, text }: { tokenizers: readonly TokenizerSource[]; text: string },
    signal = new AbortController().signal,
  ): AsyncGenerator<CompareEvent, void, undefined> {
    const { paths, places, failures } = await this.#find(tokenizers, signal);
    yield* failures;
    const events = await this.#options.client().compare({ paths, text }, { signal });
    for await (const event of events) yield placed(event, places);
  }

  async *compareFiles(
    { tokenizers, path }: { tokenizers: readonly TokenizerSource[]; path: string },
    signal = new AbortController().signal,
  ): AsyncGenerator<CompareFilesEvent, void, undefined> {
    if (!isAbsolute(path)) {
      throw new WorkbenchError('INVALID_INPUT', `${path} is not an absolute path.`, {
        action: 'Give the whole path of a text file or of a folder.',
        details: { path },
      });
    }
    const { paths, places, failures } = await this.#find(tokenizers, signal);
    yield* failures;
    const spread = (tokens: readonly (number | null)[]) => {
      const all: (number | null)[] = tokenizers.map(() => null);
      for (const [index, place] of places.entries()) all[place] = tokens[index] ?? null;
      return all;
    };
    const events = await this.#options.client().compareFiles({ paths, place: path }, { signal });
    for await (const event of events) {
      if (event.type === 'file') yield { ...event, file: { ...event.file, tokens: spread(event.file.tokens) } };
      else if (event.type === 'end') {
        const languages = event.languages.map((totals) => ({ ...totals, tokens: spread(totals.tokens) }));
        yield { ...event, languages, total: { ...event.total, tokens: spread(event.total.tokens) } };
      } else yield placed(event, places);
    }
  }

  /** `places[i]` is where the tokenizer at `paths[i]` stands in the input; those that are not found are failures. */
  async #find(
    tokenizers: readonly TokenizerSource[],
    signal: AbortSignal,
  ): Promise<{ paths: string[]; places: number[]; failures: Failure[] }> {
    const found = await Promise.allSettled(tokenizers.map((source) => this.#options.sources.find(source, signal)));
    signal.throwIfAborted();
    const paths: string[] = [];
    const places: number[] = [];
    const failures: Failure[] = [];
    for (const [index, outcome] of found.entries()) {
      if (outcome.status === 'fulfilled') {
        paths.push(outcome.value.path);
        places.push(index);
      } else failures.push({ type: 'failed', index, error: WorkbenchError.from(outcome.reason).toReport() });
    }
    return { paths, places, failures };
  }
}

function placed<Event extends { type: string }>(event: Event, places: readonly number[]): Event {
  return 'index' in event ? { ...event, index: places[Number(event.index)] ?? 0 } : event;
}
