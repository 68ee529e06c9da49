/** One text through the compared tokenizers: each has its figures as soon as it is done. An older answer never wins. */
import type { TextCounts } from '../../../main/contract/comparison.ts';
import type { ErrorReport } from '../../../main/contract/errors.ts';
import { unpackUint32 } from '../../../main/contract/packed-numbers.ts';
import type { TokenizerSource } from '../../../main/contract/tokenisation.ts';
import type { Connection } from '../../connection/connection.ts';
import { delay } from '../../connection/delay.ts';
import { toErrorReport } from '../../rpc.ts';

const PAUSE_MS = 300;

export type ComparedRow =
  | { readonly state: 'pending' }
  | { readonly state: 'failed'; readonly error: ErrorReport }
  | {
      readonly state: 'done';
      readonly vocabularySize: number;
      readonly tokenCount: number;
      /** Where its tokens end, in UTF-16 units of the text; of a very long text, those of its beginning. */
      readonly ends: Uint32Array;
    };

export interface ComparedText {
  readonly text: string;
  readonly sources: readonly TokenizerSource[];
  readonly counts: TextCounts | null;
  /** In the order of `sources`. */
  readonly rows: readonly ComparedRow[];
}

export class TextComparison {
  readonly #connection: Connection;
  #shown = $state.raw<ComparedText | null>(null);
  #error = $state.raw<ErrorReport | null>(null);
  #isPending = $state(false);
  #work: AbortController | null = null;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** `null` for an empty text, and until the first one was counted. */
  get shown(): ComparedText | null {
    return this.#shown;
  }

  get error(): ErrorReport | null {
    return this.#error;
  }

  get isPending(): boolean {
    return this.#isPending;
  }

  /** Nothing more is asked for. */
  stop(): void {
    this.#work?.abort();
    this.#isPending = false;
  }

  /** What is there already for the same text and tokenizers is not asked for again, unless `anew`. */
  async run(text: string, sources: readonly TokenizerSource[], anew = false): Promise<void> {
    const isSameText = this.#shown?.text === text;
    if (!anew && isSameText && this.#shown?.sources === sources && (this.#isPending || this.#error === null)) return;
    this.#work?.abort();
    const { signal } = (this.#work = new AbortController());
    this.#error = null;
    if (text === '') {
      this.#shown = null;
      this.#isPending = false;
      return;
    }
    this.#isPending = true;
    await delay(isSameText ? 0 : PAUSE_MS, signal);
    if (signal.aborted) return;
    let rows: readonly ComparedRow[] = sources.map(() => ({ state: 'pending' }));
    let counts: TextCounts | null = null;
    try {
      const events = await this.#connection.client.tokens.compare({ text, tokenizers: [...sources] }, { signal });
      for await (const event of events) {
        if (signal.aborted) return;
        if (event.type === 'text') counts = event.counts;
        else rows = rows.with(event.index, event.type === 'failed' ? { ...event, state: 'failed' } : rowOf(event));
        this.#shown = { text, sources, counts, rows };
      }
    } catch (thrown) {
      if (signal.aborted) return;
      this.#shown = null;
      this.#error = toErrorReport(thrown);
    }
    this.#isPending = false;
  }
}

function rowOf(event: { vocabularySize: number; tokenCount: number; ends: string }): ComparedRow {
  const { vocabularySize, tokenCount, ends } = event;
  return { state: 'done', vocabularySize, tokenCount, ends: unpackUint32(ends) };
}
