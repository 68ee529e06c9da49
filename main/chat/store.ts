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
import type { Receipt } from '../contract/receipt.ts';
import type { GeneratedToken } from '../contract/tokens.ts';
import { conversationNotFound } from './conversation-not-found.ts';
import { messageFromRow, messageToRow } from './message-row.ts';
import { MessageTree } from './message-tree.ts';
import { openDatabase } from './open-database.ts';
import { parseOrNull } from './parse-or-null.ts';
import { ReceiptRows, type KeptReceipt } from './receipt-rows.ts';
import { summaryColumns, summaryFromRow } from './summary-row.ts';
import { TokenRows } from './token-rows.ts';
import { inTransaction } from './transaction.ts';

export class ChatStore {
  /** Also what the history's own tables lie in (`history/`): folders, and the index that is searched. */
  readonly database: DatabaseSync;
  readonly #database: DatabaseSync;
  readonly #tree: MessageTree;
  readonly #tokens: TokenRows;
  readonly #receipts: ReceiptRows;

  constructor(path: string) {
    this.database = openDatabase(path);
    this.#database = this.database;
    this.#tree = new MessageTree(this.#database);
    this.#tokens = new TokenRows(this.#database);
    this.#receipts = new ReceiptRows(this.#database);
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
    return this.#conversation(conversationId, (row) => this.#message(row));
  }

  /** The same with the number of tokens of each message and none of them: read in a hundredth of the time. */
  outline(conversationId: string): Conversation {
    return this.#conversation(conversationId, (row) => this.#outlined(row));
  }

  #conversation(conversationId: string, toMessage: (row: Record<string, unknown>) => Message): Conversation {
    const summary = this.summary(conversationId);
    const rows = this.#tree.branch(this.#tree.shownLeaf(conversationId));
    return {
      ...summary,
      options: this.options(conversationId),
      messages: rows.map(toMessage),
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
    return this.#tree.branch(leaf).map((row) => this.#outlined(row));
  }

  /** @throws WorkbenchError `MESSAGE_NOT_FOUND` */
  message(conversationId: string, messageId: string): Message {
    return this.#message(this.#tree.row(conversationId, messageId));
  }

  /** Whether a message has an answer that is not removed. */
  hasAnswer(conversationId: string, messageId: string): boolean {
    return this.#tree.children(conversationId, messageId).some(({ role }) => role === 'assistant');
  }

  /** Whether the branch down to `leafId` goes through a message. */
  isOnBranch(messageId: string, leafId: string): boolean {
    return this.#tree.branch(leafId).some(({ id }) => id === messageId);
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
    return messageFromRow(row, this.#tokens.of(String(row.id)));
  }

  #outlined(row: Record<string, unknown>): Message {
    return messageFromRow(row, [], this.#tokens.count(String(row.id)));
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
        this.#tokens.put(message.id, 0, message.tokens);
        this.#database
          .prepare('UPDATE conversation SET leaf_id = ?, updated_at = max(updated_at, ?) WHERE id = ?')
          .run(message.id, message.createdAt, conversationId);
      }
    });
  }

  /** Stores tokens of an answer from `position` on, in place of what is there. */
  putTokens(messageId: string, position: number, tokens: readonly GeneratedToken[]): void {
    // One is a transaction by itself.
    if (tokens.length === 1) this.#tokens.put(messageId, position, tokens);
    else inTransaction(this.#database, () => this.#tokens.put(messageId, position, tokens));
  }

  /** None for a message that has none, and for one that is not there. */
  tokens(messageId: string): GeneratedToken[] {
    return this.#tokens.of(messageId);
  }

  /** Replaces everything of a message but its tokens. */
  update(message: Message): void {
    const row = messageToRow(message);
    const changes = Object.keys(row).filter((name) => name !== 'id');
    this.#database
      .prepare(`UPDATE message SET ${changes.map((name) => `${name} = $${name}`).join(', ')} WHERE id = $id`)
      .run(row);
  }

  keepReceipt(messageId: string, receipt: KeptReceipt): void {
    this.#receipts.keep(messageId, receipt);
  }

  receipt(messageId: string): Receipt | null {
    return this.#receipts.of(messageId);
  }

  prompts(conversationId: string): number[][] {
    return this.#receipts.prompts(conversationId);
  }

  removedPrompts(): number[][] {
    return this.#receipts.removedPrompts();
  }

  /** Deletes for good what was removed. */
  purge(): void {
    this.#database.exec('DELETE FROM message WHERE removed_with IS NOT NULL');
  }

  /** Answers that were under way when the application ended: kept as far as they were stored, and marked. */
  #recover(): void {
    for (const row of this.#database.prepare("SELECT * FROM message WHERE status = 'streaming'").all()) {
      const tokens = this.#tokens.of(String(row.id));
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
