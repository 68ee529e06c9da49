/** What was typed and not sent, by conversation; it outlives a reload of the window, not the window itself. */
import { SvelteMap } from 'svelte/reactivity';
import { z } from 'zod';

const KEY = 'lucie-drafts';
const NEW_CONVERSATION = '';
const draftsSchema = z.array(z.tuple([z.string(), z.string()]));

export class Drafts {
  readonly #texts: SvelteMap<string, string>;
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
    this.#texts = new SvelteMap(parseDrafts(storage.getItem(KEY)));
  }

  of(conversationId: string | null): string {
    return this.#texts.get(conversationId ?? NEW_CONVERSATION) ?? '';
  }

  write(conversationId: string | null, text: string): void {
    const id = conversationId ?? NEW_CONVERSATION;
    if (text === '') this.#texts.delete(id);
    else this.#texts.set(id, text);
    this.#keep();
  }

  /** A draft of several megabytes does not fit; it stays in the window, and what fitted before is not kept as if it were new. */
  #keep(): void {
    try {
      this.#storage.setItem(KEY, JSON.stringify([...this.#texts]));
    } catch {
      this.#storage.removeItem(KEY);
    }
  }
}

/** What is not a list of drafts counts as none: it is this page's own memory, of no use to anyone else. */
function parseDrafts(stored: string | null): [string, string][] {
  if (stored === null) return [];
  try {
    return draftsSchema.parse(JSON.parse(stored));
  } catch {
    return [];
  }
}
