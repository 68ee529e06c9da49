/** The chosen token with its relations, and the tokens that lie near it in a model's matrix, which are asked for on demand. */
import type { ErrorReport } from '../../../main/contract/errors.ts';
import type { Neighbour } from '../../../main/contract/inspection.ts';
import type { TokenizerSource } from '../../../main/contract/tokenisation.ts';
import type { VocabularyDetails } from '../../../main/contract/vocabulary.ts';
import type { Connection } from '../../connection/connection.ts';
import { delay } from '../../connection/delay.ts';
import { toErrorReport } from '../../rpc.ts';

const NEIGHBOURS = 20;
/** While an arrow key is held down, tokens fly by. */
const PAUSE_MS = 60;

export class TokenDetails {
  readonly #connection: Connection;
  readonly #source: () => TokenizerSource;
  #entry = $state.raw<VocabularyDetails | null>(null);
  #error = $state.raw<ErrorReport | null>(null);
  #neighbours = $state.raw<readonly Neighbour[] | null>(null);
  #neighboursError = $state.raw<ErrorReport | null>(null);
  #searching = $state(false);
  #asking = new AbortController();

  constructor(connection: Connection, source: () => TokenizerSource) {
    this.#connection = connection;
    this.#source = source;
  }

  /** The one before it until the chosen one is there. */
  get entry(): VocabularyDetails | null {
    return this.#entry;
  }

  get error(): ErrorReport | null {
    return this.#error;
  }

  /** `null` before they were asked for. */
  get neighbours(): readonly Neighbour[] | null {
    return this.#neighbours;
  }

  get neighboursError(): ErrorReport | null {
    return this.#neighboursError;
  }

  get searching(): boolean {
    return this.#searching;
  }

  async show(id: number | null): Promise<void> {
    this.#asking.abort();
    const asking = new AbortController();
    this.#asking = asking;
    this.#error = null;
    this.#neighbours = null;
    this.#neighboursError = null;
    this.#searching = false;
    if (id === null) {
      this.#entry = null;
      return;
    }
    if (this.#entry !== null) await delay(PAUSE_MS, asking.signal);
    if (asking.signal.aborted) return;
    try {
      const input = { tokenizer: this.#source(), id };
      const entry = await this.#connection.client.tokens.vocabularyEntry(input, { signal: asking.signal });
      if (!asking.signal.aborted) this.#entry = entry;
    } catch (thrown) {
      if (asking.signal.aborted) return;
      this.#entry = null;
      this.#error = toErrorReport(thrown);
    }
  }

  async findNeighbours(): Promise<void> {
    const { signal } = this.#asking;
    const id = this.#entry?.id;
    if (id === undefined || this.#searching) return;
    this.#searching = true;
    this.#neighboursError = null;
    try {
      const found = await this.#connection.client.tokens.neighbours({ id, count: NEIGHBOURS }, { signal });
      if (signal.aborted) return;
      this.#neighbours = found;
    } catch (thrown) {
      if (signal.aborted) return;
      this.#neighboursError = toErrorReport(thrown);
    }
    this.#searching = false;
  }
}
