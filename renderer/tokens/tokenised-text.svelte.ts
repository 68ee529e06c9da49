/**
 * The text of the Tokens pane and its tokens, which every view of the pane shares. Asked for a moment after the last keystroke and shown
 * as they come, the first page of a long text first; an older answer never wins.
 */
import type { ErrorReport } from '../../main/contract/errors.ts';
import type { EncodeEvent, TokenizerSource } from '../../main/contract/tokenisation.ts';
import type { Connection } from '../connection/connection.ts';
import { delay } from '../connection/delay.ts';
import { toErrorReport } from '../rpc.ts';
import { GrowingColumns, type TokenColumns } from './token-columns.ts';

const PAUSE_MS = 180;

export type TokenCounts = Omit<Extract<EncodeEvent, { type: 'end' }>, 'type'>;

/** Tokens together with the text that they are of. */
export interface Tokenisation {
  readonly text: string;
  readonly tokens: TokenColumns;
  /** `null` while there are more to come, and where the rest was given up. */
  readonly counts: TokenCounts | null;
  /** UTF-16 units of the text that are cut. */
  readonly done: number;
}

export class TokenisedText {
  readonly #connection: Connection;
  #text = $state.raw('');
  #source = $state.raw<TokenizerSource>({ kind: 'chosen' });
  #tokenisation = $state.raw<Tokenisation | null>(null);
  #error = $state.raw<ErrorReport | null>(null);
  #pending = $state(false);
  #asking: AbortController | null = null;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  get text(): string {
    return this.#text;
  }

  get source(): TokenizerSource {
    return this.#source;
  }

  /** Of the text as it was when it was asked for; `null` for an empty text. */
  get tokenisation(): Tokenisation | null {
    return this.#tokenisation;
  }

  get error(): ErrorReport | null {
    return this.#error;
  }

  get pending(): boolean {
    return this.#pending;
  }

  write(text: string): void {
    this.#text = text;
    void this.#ask(PAUSE_MS);
  }

  useTokenizer(source: TokenizerSource): void {
    this.#source = source;
    void this.#ask(0);
  }

  /** The loaded model is another one: what was cut with its tokenizer is cut again. */
  modelChanged(): void {
    if (this.#source.kind === 'chosen') void this.#ask(0);
  }

  retry(): void {
    void this.#ask(0);
  }

  /** Keeps what is there of a long text and asks for no more. */
  stop(): void {
    this.#asking?.abort();
    this.#pending = false;
  }

  async #ask(pauseMs: number): Promise<void> {
    this.#asking?.abort();
    const asking = new AbortController();
    const { signal } = asking;
    this.#asking = asking;
    const text = this.#text;
    if (text === '') {
      this.#tokenisation = null;
      this.#error = null;
      this.#pending = false;
      return;
    }
    this.#pending = true;
    await delay(pauseMs, signal);
    if (signal.aborted) return;
    try {
      const growing = new GrowingColumns();
      const events = await this.#connection.client.tokens.encode({ text, tokenizer: this.#source }, { signal });
      for await (const event of events) {
        if (signal.aborted) return;
        this.#error = null;
        this.#tokenisation = take(text, growing, event);
      }
    } catch (thrown) {
      if (signal.aborted) return;
      this.#tokenisation = null;
      this.#error = toErrorReport(thrown);
    }
    if (!signal.aborted) this.#pending = false;
  }
}

function take(text: string, growing: GrowingColumns, event: EncodeEvent): Tokenisation {
  if (event.type === 'end') {
    const { type: _, ...counts } = event;
    return { text, tokens: growing.columns, counts, done: text.length };
  }
  growing.append(event);
  return { text, tokens: growing.columns, counts: null, done: event.done };
}
