/** The history as a whole: searched, ordered, named by the model, given away and taken in. Conversations themselves are `ChatService`'s. */
import { randomUUID } from 'node:crypto';
import type { ConversationSummary } from '../../contract/chat.ts';
import type { ExportEvent, ExportFormat, ExportScope, ImportEvent, SearchResult } from '../../contract/chat-history.ts';
import type { ChatStore } from '../store.ts';
import { FolderStore } from './folder-store.ts';
import { SearchIndex } from './search-index.ts';
import { suggestTitle, type TitleModels } from './suggest-title.ts';
import { exportConversations } from './transfer/export-conversations.ts';
import { importConversations } from './transfer/import-conversations.ts';
import type { ExportLanguage } from './transfer/labels.ts';
import { withNewIds } from './transfer/new-ids.ts';
import { readConversation } from './transfer/read-conversation.ts';
import { writeConversation } from './transfer/write-conversation.ts';

export interface HistoryServiceOptions {
  store: ChatStore;
  models: TitleModels;
  /** Written into exported files. */
  workbenchVersion: string;
}

export class HistoryService {
  readonly folders: FolderStore;
  readonly #store: ChatStore;
  readonly #models: TitleModels;
  readonly #workbenchVersion: string;
  readonly #index: SearchIndex;

  constructor({ store, models, workbenchVersion }: HistoryServiceOptions) {
    this.#store = store;
    this.#models = models;
    this.#workbenchVersion = workbenchVersion;
    this.folders = new FolderStore(store.database);
    this.#index = new SearchIndex(store.database);
  }

  search(text: string, limit: number): SearchResult {
    return this.#index.search(text, limit);
  }

  /** Every branch under new ids, to be gone on with; the conversation it is made from stays as it is. */
  copy(conversationId: string): ConversationSummary {
    const newIds = new Map<string, string>();
    const newId = (id: string) => {
      const known = newIds.get(id) ?? randomUUID();
      newIds.set(id, known);
      return known;
    };
    const now = Date.now();
    const copy = withNewIds(readConversation(this.#store.database, conversationId), newId);
    writeConversation(this.#store.database, {
      ...copy,
      createdAt: now,
      updatedAt: now,
      pinnedAt: null,
      isReadOnly: false,
    });
    return this.#store.summary(copy.id);
  }

  async suggestTitle(conversationId: string, signal: AbortSignal): Promise<{ title: string | null }> {
    const branch = this.#store.branch(conversationId);
    return { title: await suggestTitle(this.#models, branch, signal) };
  }

  /** @throws WorkbenchError `CONVERSATION_NOT_FOUND`, `FOLDER_NOT_FOUND` */
  export(
    request: { scope: ExportScope; format: ExportFormat; language: ExportLanguage },
    signal?: AbortSignal,
  ): AsyncGenerator<ExportEvent> {
    const { scope } = request;
    if (scope.type === 'folder') this.folders.get(scope.folderId);
    if (scope.type === 'conversation') this.#store.summary(scope.conversationId);
    const whole = { ...request, folders: this.folders.list(), workbenchVersion: this.#workbenchVersion };
    return exportConversations(this.#store.database, whole, signal);
  }

  import(path: string, signal?: AbortSignal): AsyncGenerator<ImportEvent> {
    return importConversations(this.#store.database, path, signal);
  }
}
