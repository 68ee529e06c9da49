/**
 * The history in SQLite. Every method is one short synchronous transaction; what it returned is on disk when it returns,
 * so that a killed application loses nothing but tokens that were not handed over yet.
 */
import type { DatabaseSync } from 'node:sqlite';
import {
  conversationOptionsSchema,
  type Conversation,
  type ConversationOptions,
  type ConversationSummary,
  type Message,
} from '../contract/chat.ts';
import type { Receipt, ReceiptHeader } from '../contract/receipt.ts';
import type { GeneratedToken } from '../contract/tokens.ts';
import { conversationNotFound } from './conversation-not-found.ts';
import { idsFromBlob, idsToBlob, messageFromRow, messageToRow } from './message-row.ts';
import { MessageTree } from './message-tree.ts';
import { openDatabase } from './open-database.ts';
import { receiptFromRow } from './receipt-row.ts';
import { parseOrNull, storedTokens } from './stored-tokens.ts';
import { summaryColumns, summaryFromRow } from './summary-row.ts';
import { inTransaction } from './transaction.ts';

export class ChatStore {
  /** Also what the history's own tables lie in (`history/`): folders, and the index that is searched. */
  readonly database: DatabaseSync;
  readonly #database: DatabaseSync;
  readonly #tree: MessageTree;

  constructor(path: string) {
    this.database = openDatabase(path);
    this.#database = this.database;
    this.#tree = new MessageTree(this.#database);
    this.#database.exec('DELETE FROM message WHERE removed_with IS NOT NULL');
    this.#recover();
  }

  close(): void {
    this.#database.close();
  }

  /** Most recently used first. */
  list(): ConversationSummary[] {
    const rows = this.#database.prepare(`SELECT ${summaryColumns} FROM conversation ORDER BY updated_at DESC, id`);
    return rows.all().map(summaryFromRow);
  }

  summary(conversationId: string): ConversationSummary {
    const row = this.#database.prepare(`SELECT ${summaryColumns} FROM conversation WHERE id = ?`).get(conversationId);
    if (row === undefined) throw conversationNotFound(conversationId);
    return summaryFromRow(row);
  }

  /** With the branch that ends at the shown leaf, oldest message first. */
  conversation(conversationId: string): Conversation {
    const summary = this.summary(conversationId);
    const rows = this.#tree.branch(this.#tree.shownLeaf(conversationId));
    return {
      ...summary,
      options: this.options(conversationId),
      messages: rows.map((row) => this.#message(row)),
      tree: this.#tree.nodes(conversationId),
    };
  }

  /**
   * The branch down to `leafId` (`null`: nothing; absent: the leaf that is shown) without the statistics of its tokens: texts and ids
   * are all that a model is fed, and read much sooner.
   */
  branch(conversationId: string, leafId: string | null | undefined = undefined): Message[] {
    this.summary(conversationId);
    const leaf = leafId === undefined ? this.#tree.shownLeaf(conversationId) : leafId;
    if (leaf !== null) this.#tree.row(conversationId, leaf);
    return this.#tree.branch(leaf).map((row) => messageFromRow(row, []));
  }

  /** @throws WorkbenchError `MESSAGE_NOT_FOUND` */
  message(conversationId: string, messageId: string): Message {
    return this.#message(this.#tree.row(conversationId, messageId));
  }

  show(conversationId: string, messageId: string): void {
    this.#tree.show(conversationId, messageId);
  }

  removeMessage(conversationId: string, messageId: string): void {
    this.#tree.remove(conversationId, messageId);
  }

  restoreMessage(conversationId: string, messageId: string): void {
    this.#tree.restore(conversationId, messageId);
  }

  /** Options that cannot be read count as none: they must not make the conversation unreadable. */
  options(conversationId: string): ConversationOptions {
    const row = this.#database.prepare('SELECT options FROM conversation WHERE id = ?').get(conversationId);
    const stored = conversationOptionsSchema.safeParse(parseOrNull(String(row?.options ?? '{}')));
    return stored.success ? stored.data : conversationOptionsSchema.parse({});
  }

  configure(conversationId: string, options: ConversationOptions): void {
    this.#database
      .prepare('UPDATE conversation SET options = ? WHERE id = ?')
      .run(JSON.stringify(options), conversationId);
  }

  isReadOnly(conversationId: string): boolean {
    const row = this.#database.prepare('SELECT is_read_only FROM conversation WHERE id = ?').get(conversationId);
    return Number(row?.is_read_only ?? 0) === 1;
  }

  #message(row: Record<string, unknown>): Message {
    return messageFromRow(row, this.#tokens(String(row.id)));
  }

  create(conversation: { id: string; title: string; createdAt: number }): void {
    this.#database
      .prepare(
        'INSERT INTO conversation (id, title, created_at, updated_at) VALUES ($id, $title, $createdAt, $createdAt)',
      )
      .run(conversation);
  }

  rename(conversationId: string, title: string): void {
    const { changes } = this.#database
      .prepare('UPDATE conversation SET title = ? WHERE id = ?')
      .run(title, conversationId);
    if (changes === 0) throw conversationNotFound(conversationId);
  }

  remove(conversationId: string): void {
    const { changes } = this.#database.prepare('DELETE FROM conversation WHERE id = ?').run(conversationId);
    if (changes === 0) throw conversationNotFound(conversationId);
  }

  /** Adds messages below their parents, all or none; the last of them ends the branch that is shown. */
  append(conversationId: string, messages: readonly Message[]): void {
    inTransaction(this.#database, () => {
      for (const message of messages) {
        const row = messageToRow(message);
        const names = Object.keys(row);
        this.#database
          .prepare(`INSERT INTO message (${names.join(', ')}) VALUES (${names.map((name) => `$${name}`).join(', ')})`)
          .run(row);
        this.#database
          .prepare('UPDATE conversation SET leaf_id = ?, updated_at = max(updated_at, ?) WHERE id = ?')
          .run(message.id, message.createdAt, conversationId);
      }
    });
  }

  /** Stores tokens from `position` on. */
  appendTokens(messageId: string, position: number, tokens: readonly GeneratedToken[]): void {
    const insert = this.#database.prepare('INSERT INTO token (message_id, position, data) VALUES (?, ?, ?)');
    inTransaction(this.#database, () => {
      for (const [index, token] of tokens.entries()) insert.run(messageId, position + index, JSON.stringify(token));
    });
  }

  /** Replaces everything of a message but its tokens. */
  update(message: Message): void {
    const row = messageToRow(message);
    const changes = Object.keys(row).filter((name) => name !== 'id');
    this.#database
      .prepare(`UPDATE message SET ${changes.map((name) => `${name} = $${name}`).join(', ')} WHERE id = $id`)
      .run(row);
  }

  /** Keeps what the receipt of an answer needs, from the moment that the answer begins. */
  keepReceipt(messageId: string, promptIds: readonly number[], header: ReceiptHeader): void {
    this.#database
      .prepare('INSERT INTO receipt (message_id, prompt_ids, header) VALUES (?, ?, ?)')
      .run(messageId, idsToBlob(promptIds), JSON.stringify(header));
  }

  /** `null` for an answer of which nothing was kept, or that has not come to an end of its own. */
  receipt(messageId: string): Receipt | null {
    const row = this.#database
      .prepare('SELECT * FROM receipt JOIN message ON message.id = message_id WHERE message_id = ?')
      .get(messageId);
    return row === undefined ? null : receiptFromRow(row);
  }

  /** What the model was fed for each answer of a conversation, as far as it was kept. */
  prompts(conversationId: string): number[][] {
    const rows = this.#database
      .prepare('SELECT prompt_ids FROM receipt JOIN message ON message.id = message_id WHERE conversation_id = ?')
      .all(conversationId);
    return rows.map((row) => idsFromBlob(row.prompt_ids as Uint8Array));
  }

  #tokens(messageId: string): GeneratedToken[] {
    return storedTokens(this.#database, messageId);
  }

  /** Answers that were under way when the application ended: kept as far as they were stored, and marked. */
  #recover(): void {
    for (const row of this.#database.prepare("SELECT * FROM message WHERE status = 'streaming'").all()) {
      const tokens = this.#tokens(String(row.id));
      // Its row has what was given of it.
      const message = messageFromRow(row, tokens);
      this.update({
        ...message,
        status: 'interrupted',
        text: message.prefill + tokens.map((token) => token.text).join(''),
        ids: [...message.ids, ...tokens.map((token) => token.id)],
      });
    }
  }
}
