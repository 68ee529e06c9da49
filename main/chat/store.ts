/**
 * The history in SQLite. Every method is one short synchronous transaction; what it returned is on disk when it returns,
 * so that a killed application loses nothing but tokens that were not handed over yet.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Conversation, ConversationSummary, Message } from '../contract/chat.ts';
import { WorkbenchError } from '../contract/errors.ts';
import type { Receipt, ReceiptHeader } from '../contract/receipt.ts';
import { generatedTokenSchema, type GeneratedToken } from '../contract/tokens.ts';
import { idsFromBlob, idsToBlob, messageFromRow, messageToRow } from './message-row.ts';
import { openDatabase } from './open-database.ts';
import { receiptFromRow } from './receipt-row.ts';

const summaryColumns = `id, title, created_at AS createdAt, updated_at AS updatedAt,
  (SELECT count(*) FROM message WHERE conversation_id = conversation.id) AS messageCount`;

export class ChatStore {
  readonly #database: DatabaseSync;

  constructor(path: string) {
    this.#database = openDatabase(path);
    this.#recover();
  }

  close(): void {
    this.#database.close();
  }

  list(search: string): ConversationSummary[] {
    const pattern = `%${search.trim().replace(/[\\%_]/g, '\\$&')}%`;
    const rows = this.#database.prepare(
      `SELECT ${summaryColumns} FROM conversation
       WHERE title LIKE $pattern ESCAPE '\\'
          OR EXISTS (SELECT 1 FROM message WHERE conversation_id = conversation.id AND text LIKE $pattern ESCAPE '\\')
       ORDER BY updated_at DESC, id`,
    );
    return rows.all({ pattern }) as unknown as ConversationSummary[];
  }

  summary(conversationId: string): ConversationSummary {
    const row = this.#database.prepare(`SELECT ${summaryColumns} FROM conversation WHERE id = ?`).get(conversationId);
    if (row === undefined) throw conversationNotFound(conversationId);
    return { ...row } as unknown as ConversationSummary;
  }

  /** The branch that ends at the shown leaf, oldest message first. */
  conversation(conversationId: string): Conversation {
    const summary = this.summary(conversationId);
    const rows = this.#branchRows(conversationId);
    return { ...summary, messages: rows.map((row) => messageFromRow(row, this.#tokens(String(row.id)))) };
  }

  /** The same messages without the statistics of their tokens: texts and ids are all that a model is fed, and read much sooner. */
  branch(conversationId: string): Message[] {
    this.summary(conversationId);
    return this.#branchRows(conversationId).map((row) => messageFromRow(row, []));
  }

  #branchRows(conversationId: string): Record<string, unknown>[] {
    return this.#database
      .prepare(
        `WITH RECURSIVE branch (id, depth) AS (
           SELECT leaf_id, 0 FROM conversation WHERE id = ? AND leaf_id IS NOT NULL
           UNION ALL
           SELECT message.parent_id, depth + 1 FROM branch JOIN message ON message.id = branch.id
           WHERE message.parent_id IS NOT NULL
         )
         SELECT message.* FROM branch JOIN message ON message.id = branch.id ORDER BY depth DESC`,
      )
      .all(conversationId);
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

  /** Adds messages to the end of the shown branch, all or none. */
  append(conversationId: string, messages: readonly Message[]): void {
    this.#transaction(() => {
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
    this.#transaction(() => {
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
    const rows = this.#database.prepare('SELECT data FROM token WHERE message_id = ? ORDER BY position').all(messageId);
    const tokens: GeneratedToken[] = [];
    for (const { data } of rows) {
      const token = generatedTokenSchema.safeParse(parseOrNull(String(data)));
      // A damaged row ends what can be shown of the strip; it must not make the conversation, or the history, unreadable.
      if (!token.success) break;
      tokens.push(token.data);
    }
    return tokens;
  }

  /** Answers that were under way when the application ended: kept as far as they were stored, and marked. */
  #recover(): void {
    for (const row of this.#database.prepare("SELECT * FROM message WHERE status = 'streaming'").all()) {
      const tokens = this.#tokens(String(row.id));
      this.update({
        ...messageFromRow(row, tokens),
        status: 'interrupted',
        text: tokens.map((token) => token.text).join(''),
        ids: tokens.map((token) => token.id),
      });
    }
  }

  #transaction(body: () => void): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      body();
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // No token: the schema says so.
  }
}

function conversationNotFound(conversationId: string): WorkbenchError {
  return new WorkbenchError('CONVERSATION_NOT_FOUND', `There is no conversation ${conversationId}.`, {
    action: 'It may have been deleted in another window: choose one from the list.',
    details: { conversationId },
  });
}
