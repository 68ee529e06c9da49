/**
 * The list of conversations: searched, ordered by folders and days, renamed, pinned, moved, and deleted with a deletion that can be
 * taken back until its notice is gone.
 */
import { SvelteSet } from 'svelte/reactivity';
import type { ConversationSummary } from '../../main/contract/chat.ts';
import type { Folder, SearchResult } from '../../main/contract/chat-history.ts';
import type { ErrorReport } from '../../main/contract/errors.ts';
import type { Connection } from '../connection/connection.ts';
import { toErrorReport } from '../rpc.ts';
import { hitRows, listRows, type ListRow } from './list/rows.ts';

const FOLDED_KEY = 'lucie-folded-folders';

export class Conversations {
  readonly #connection: Connection;
  readonly #storage: Storage;
  #all = $state.raw<readonly ConversationSummary[] | null>(null);
  #folders = $state.raw<readonly Folder[]>([]);
  #found = $state.raw<SearchResult | null>(null);
  /** Conversations and folders that are as good as deleted. */
  readonly #hidden = new SvelteSet<string>();
  readonly #folded: SvelteSet<string>;
  #search = $state('');
  #error = $state.raw<ErrorReport | null>(null);
  #now = $state(Date.now());
  #request = 0;
  #refreshing: Promise<void> | null = null;
  #refreshAgain = false;

  readonly folders: readonly Folder[] = $derived(this.#folders.filter(({ id }) => !this.#hidden.has(id)));

  /** `null` until the list was read. */
  readonly rows: readonly ListRow[] | null = $derived.by(() => {
    if (this.#search.trim() !== '') {
      return this.#found === null
        ? null
        : hitRows(this.#found.hits.filter(({ conversation }) => this.#isShown(conversation)));
    }
    if (this.#all === null) return null;
    const conversations = this.#all.filter((conversation) => this.#isShown(conversation));
    return listRows({ conversations, folders: this.folders, isOpen: (id) => !this.#folded.has(id), now: this.#now });
  });

  /** In the order in which they stand in the list; `null` until it was read. */
  readonly shown: readonly ConversationSummary[] | null = $derived.by(
    () =>
      this.rows?.flatMap((row) => {
        if (row.type === 'conversation') return [row.conversation];
        return row.type === 'hit' ? [row.hit.conversation] : [];
      }) ?? null,
  );

  constructor(connection: Connection, storage: Storage) {
    this.#connection = connection;
    this.#storage = storage;
    this.#folded = new SvelteSet(parseIds(storage.getItem(FOLDED_KEY)));
  }

  get search(): string {
    return this.#search;
  }

  /** Of the search that is shown; `null` where there is none. */
  get found(): SearchResult | null {
    return this.#search.trim() === '' ? null : this.#found;
  }

  get error(): ErrorReport | null {
    return this.#error;
  }

  get now(): number {
    return this.#now;
  }

  /** Days pass while the window is open. */
  tellTime(now: number): void {
    this.#now = now;
  }

  dismissError(): void {
    this.#error = null;
  }

  searchFor(text: string): void {
    this.#search = text;
    if (text.trim() === '') this.#found = null;
    void this.#searchAgain();
  }

  /** Reads the list again. Asked for while it is being read, it is read once more afterwards, not once for each. */
  refresh(): Promise<void> {
    if (this.#refreshing !== null) {
      this.#refreshAgain = true;
      return this.#refreshing;
    }
    this.#refreshing = this.#refresh().finally(() => {
      this.#refreshing = null;
      if (!this.#refreshAgain) return;
      this.#refreshAgain = false;
      return this.refresh();
    });
    return this.#refreshing;
  }

  rename(conversationId: string, title: string): Promise<boolean> {
    return this.#change((chat) => chat.rename({ conversationId, title }));
  }

  pin(conversationId: string, isPinned: boolean): Promise<boolean> {
    return this.#change((chat) => chat.history.pin({ conversationId, isPinned }));
  }

  /** `null`: into no folder. */
  move(conversationId: string, folderId: string | null): Promise<boolean> {
    return this.#change((chat) => chat.history.move({ conversationId, folderId }));
  }

  /** Into a folder that is made for it; `null` makes one that is empty. */
  createFolder(name: string, conversationId: string | null): Promise<boolean> {
    return this.#change(async (chat) => {
      const folder = await chat.history.createFolder({ name });
      if (conversationId !== null) await chat.history.move({ conversationId, folderId: folder.id });
    });
  }

  renameFolder(folderId: string, name: string): Promise<boolean> {
    return this.#change((chat) => chat.history.renameFolder({ folderId, name }));
  }

  removeFolder(folderId: string): Promise<boolean> {
    return this.#removeHidden(folderId, (chat) => chat.history.removeFolder({ folderId }));
  }

  fold(folderId: string, isFolded: boolean): void {
    if (isFolded) this.#folded.add(folderId);
    else this.#folded.delete(folderId);
    this.#storage.setItem(FOLDED_KEY, JSON.stringify([...this.#folded]));
  }

  /** Returns the copy; `null` where it could not be made. */
  async copy(conversationId: string): Promise<ConversationSummary | null> {
    let copy: ConversationSummary | null = null;
    await this.#change(async (chat) => {
      copy = await chat.history.copy({ conversationId });
    });
    return copy;
  }

  /** What the model proposes; `null` where it proposed nothing. Throws what the call fails with. */
  async suggestTitle(conversationId: string, signal: AbortSignal): Promise<string | null> {
    const { title } = await this.#connection.client.chat.history.suggestTitle({ conversationId }, { signal });
    return title;
  }

  /** Takes a conversation or a folder out of the list; nothing is deleted until `remove` or `removeFolder`. */
  hide(id: string): void {
    this.#hidden.add(id);
  }

  unhide(id: string): void {
    this.#hidden.delete(id);
  }

  async remove(conversationId: string): Promise<void> {
    await this.#removeHidden(conversationId, (chat) => chat.remove({ conversationId }));
  }

  async #removeHidden(id: string, call: (chat: Connection['client']['chat']) => Promise<unknown>): Promise<boolean> {
    const isRemoved = await this.#change(call);
    this.unhide(id);
    return isRemoved;
  }

  #isShown({ id }: ConversationSummary): boolean {
    return !this.#hidden.has(id);
  }

  async #refresh(): Promise<void> {
    try {
      const { chat } = this.#connection.client;
      const [all, folders] = await Promise.all([chat.list({}), chat.history.folders()]);
      this.#all = all;
      this.#folders = folders;
      this.#error = null;
    } catch (thrown) {
      this.#error = toErrorReport(thrown);
    }
    await this.#searchAgain();
  }

  /** The answer to an older search than the last one is dropped. */
  async #searchAgain(): Promise<void> {
    const request = ++this.#request;
    const text = this.#search;
    if (text.trim() === '') return;
    try {
      const found = await this.#connection.client.chat.history.search({ text });
      if (request === this.#request) this.#found = found;
    } catch (thrown) {
      if (request === this.#request) this.#error = toErrorReport(thrown);
    }
  }

  /** Returns whether it was done. */
  async #change(call: (chat: Connection['client']['chat']) => Promise<unknown>): Promise<boolean> {
    let failure: ErrorReport | null = null;
    try {
      await call(this.#connection.client.chat);
    } catch (thrown) {
      failure = toErrorReport(thrown);
    }
    await this.refresh();
    if (failure !== null) this.#error = failure;
    return failure === null;
  }
}

/** What is no list of ids counts as none: it is this page's own memory, of no use to anyone else. */
function parseIds(stored: string | null): string[] {
  try {
    const ids: unknown = JSON.parse(stored ?? '[]');
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}
