/** Tokens of the loaded model's vocabulary by their text, and the pieces of ids that are known already. */
import { SvelteMap } from 'svelte/reactivity';
import type { VocabularyRow } from '../../main/contract/vocabulary.ts';
import type { Connection } from '../connection/connection.ts';
import { delay } from '../connection/delay.ts';

const PAUSE_MS = 200;
const mostHits = 24;

export class TokenSearch {
  readonly #connection: Connection;
  #hits = $state.raw<readonly VocabularyRow[] | null>(null);
  readonly #pieces = new SvelteMap<number, string>();
  #asking: AbortController | null = null;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The shortest first; `null` where nothing is looked for, or it cannot be told. */
  get hits(): readonly VocabularyRow[] | null {
    return this.#hits;
  }

  /** As in the vocabulary (`▁été`); `null` until it is known. */
  pieceOf(id: number): string | null {
    return this.#pieces.get(id) ?? null;
  }

  async search(text: string): Promise<void> {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    if (text.trim() === '') {
      this.#hits = null;
      return;
    }
    await delay(PAUSE_MS, asking.signal);
    if (asking.signal.aborted) return;
    try {
      const { rows } = await this.#connection.client.tokens.vocabulary(
        {
          query: { form: 'text', text: text.trim(), place: 'anywhere', matchCase: false, matchAccents: true },
          sort: { by: 'characters' },
          limit: mostHits,
        },
        { signal: asking.signal },
      );
      if (!asking.signal.aborted) this.#hits = rows;
    } catch {
      if (!asking.signal.aborted) this.#hits = null;
    }
  }

  async describe(ids: readonly number[]): Promise<void> {
    for (const id of ids) {
      if (this.#pieces.has(id)) continue;
      try {
        const { piece } = await this.#connection.client.tokens.vocabularyEntry({ id });
        this.#pieces.set(id, piece);
      } catch {
        return; // No tokenizer now, or no such token in it: the id stands for itself.
      }
    }
  }
}
