/**
 * The tokens of answers, read when somebody looks at them: with ten alternatives each they are fifty times as long as the text, so a
 * conversation comes without them. Those looked at last are kept.
 */
import { untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import type { Message } from '../../main/contract/chat.ts';
import type { ErrorReport } from '../../main/contract/errors.ts';
import type { GeneratedToken } from '../../main/contract/tokens.ts';
import type { Connection } from '../connection/connection.ts';
import { toErrorReport } from '../rpc.ts';

/** Answers that nobody looks at; at about 1 kB a token and 500 tokens an answer, 16 MB. */
const KEPT_ANSWERS = 32;

type Entry =
  | { state: 'loading' }
  | { state: 'loaded'; tokens: readonly GeneratedToken[] }
  | { state: 'failed'; error: ErrorReport };

export class MessageTokens {
  readonly #connection: Connection;
  /** Read longest ago first. */
  readonly #entries = new SvelteMap<string, Entry>();

  /** How many views there are of an answer's tokens now. */
  // Nothing is drawn from it.
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly #views = new Map<string, number>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** `null` where they have not been read. */
  of(message: Message): readonly GeneratedToken[] | null {
    if (message.tokens.length === message.tokenCount) return message.tokens;
    const entry = this.#entries.get(message.id);
    return entry?.state === 'loaded' ? entry.tokens : null;
  }

  /** Why they could not be read. */
  errorOf(message: Message): ErrorReport | null {
    const entry = this.#entries.get(message.id);
    return entry?.state === 'failed' ? entry.error : null;
  }

  /** For as long as they are looked at: reads them where they are not there, and keeps them. Returns what ends it. */
  look(message: Message): () => void {
    const { id } = message;
    this.#views.set(id, (this.#views.get(id) ?? 0) + 1);
    untrack(() => void this.load(message));
    return () => {
      const left = (this.#views.get(id) ?? 1) - 1;
      if (left === 0) this.#views.delete(id);
      else this.#views.set(id, left);
    };
  }

  /** Reads them where they are not there; again where that failed before. */
  async load(message: Message): Promise<void> {
    const state = this.#entries.get(message.id)?.state;
    if (this.of(message) !== null || state === 'loading') return;
    this.#put(message.id, { state: 'loading' });
    try {
      const tokens = await this.#connection.client.chat.tokens({ messageId: message.id });
      this.#put(message.id, { state: 'loaded', tokens });
    } catch (thrown) {
      this.#put(message.id, { state: 'failed', error: toErrorReport(thrown) });
    }
  }

  /** What was seen as it was generated need not be read. */
  keep({ id, tokens }: Message): void {
    if (tokens.length > 0) this.#put(id, { state: 'loaded', tokens });
  }

  #put(messageId: string, entry: Entry): void {
    this.#entries.delete(messageId);
    this.#entries.set(messageId, entry);
    const unseen = [...this.#entries.keys()].filter((id) => id !== messageId && !this.#views.has(id));
    for (const id of unseen.slice(0, Math.max(0, unseen.length - KEPT_ANSWERS + 1))) this.#entries.delete(id);
  }
}
