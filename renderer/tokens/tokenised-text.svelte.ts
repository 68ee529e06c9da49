/** The text of the Tokens pane and its tokens, asked for a moment after the last keystroke; an older answer never wins. */
import type { ErrorReport } from '../../main/contract/errors.ts';
import type { TokenizedText } from '../../main/contract/tokens.ts';
import type { Connection } from '../connection/connection.ts';
import { delay } from '../connection/delay.ts';
import { toErrorReport } from '../rpc.ts';

const PAUSE_MS = 180;

/** Tokens together with the text and the model that they are of. */
export interface Tokenisation {
  readonly text: string;
  readonly result: TokenizedText;
}

export class TokenisedText {
  readonly #connection: Connection;
  #text = $state('');
  #modelId = $state<string | null>(null);
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

  /** `null` is the tokenizer of the loaded model. */
  get modelId(): string | null {
    return this.#modelId;
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

  useModel(modelId: string | null): void {
    this.#modelId = modelId;
    void this.#ask(0);
  }

  /** The loaded model is another one: what was cut with its tokenizer is cut again. */
  modelChanged(): void {
    if (this.#modelId === null) void this.#ask(0);
  }

  retry(): void {
    void this.#ask(0);
  }

  async #ask(pauseMs: number): Promise<void> {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    const text = this.#text;
    if (text === '') {
      this.#tokenisation = null;
      this.#error = null;
      this.#pending = false;
      return;
    }
    this.#pending = true;
    await delay(pauseMs, asking.signal);
    if (asking.signal.aborted) return;
    try {
      const input = { text, modelId: this.#modelId };
      const result = await this.#connection.client.tokens.encode(input, { signal: asking.signal });
      if (asking.signal.aborted) return;
      this.#tokenisation = { text, result };
      this.#error = null;
    } catch (thrown) {
      if (asking.signal.aborted) return;
      this.#tokenisation = null;
      this.#error = toErrorReport(thrown);
    }
    this.#pending = false;
  }
}
