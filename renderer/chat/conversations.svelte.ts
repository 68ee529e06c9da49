/** The list of conversations: search, rename, and a deletion that can be taken back until its notice is gone. */
import { SvelteSet } from 'svelte/reactivity';
import type { ConversationSummary } from '../../main/contract/chat.ts';
import type { ErrorReport } from '../../main/contract/errors.ts';
import type { Connection } from '../connection/connection.ts';
import { toErrorReport } from '../rpc.ts';

export class Conversations {
  readonly #connection: Connection;
  #all = $state.raw<readonly ConversationSummary[] | null>(null);
  readonly #hidden = new SvelteSet<string>();
  #search = $state('');
  #error = $state.raw<ErrorReport | null>(null);
  #request = 0;

  /** `null` until the list was read. */
  readonly shown: readonly ConversationSummary[] | null = $derived.by(
    () => this.#all?.filter(({ id }) => !this.#hidden.has(id)) ?? null,
  );

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  get search(): string {
    return this.#search;
  }

  get error(): ErrorReport | null {
    return this.#error;
  }

  searchFor(text: string): void {
    this.#search = text;
    void this.refresh();
  }

  async refresh(): Promise<void> {
    const request = ++this.#request;
    try {
      const all = await this.#connection.client.chat.list({ search: this.#search.trim() });
      if (request !== this.#request) return;
      this.#all = all;
      this.#error = null;
    } catch (thrown) {
      if (request === this.#request) this.#error = toErrorReport(thrown);
    }
  }

  async rename(conversationId: string, title: string): Promise<void> {
    await this.#change(() => this.#connection.client.chat.rename({ conversationId, title }));
  }

  /** Takes it out of the list; nothing is deleted until `remove`. */
  hide(conversationId: string): void {
    this.#hidden.add(conversationId);
  }

  unhide(conversationId: string): void {
    this.#hidden.delete(conversationId);
  }

  async remove(conversationId: string): Promise<void> {
    await this.#change(() => this.#connection.client.chat.remove({ conversationId }));
    this.unhide(conversationId);
  }

  async #change(call: () => Promise<unknown>): Promise<void> {
    try {
      await call();
    } catch (thrown) {
      this.#error = toErrorReport(thrown);
      return;
    }
    await this.refresh();
  }
}
