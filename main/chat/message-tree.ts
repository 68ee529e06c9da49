/**
 * The messages of a conversation as a tree. Rows are added and never rewritten but by their own answer; what is shown is the branch
 * that ends at the conversation's leaf. A removed message stays until the history is opened next, marked with the message that was
 * removed with it: so a removal can be taken back exactly.
 */
import type { DatabaseSync } from 'node:sqlite';
import { excerptOf, treeNodeSchema, type TreeNode } from '../contract/chat.ts';
import { WorkbenchError } from '../contract/errors.ts';
import { inTransaction } from './transaction.ts';

type Row = Record<string, unknown>;

export class MessageTree {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Rows from the first message to `leafId`, `null` being none. */
  branch(leafId: string | null): Row[] {
    return this.#database
      .prepare(
        `WITH RECURSIVE branch (id, depth) AS (
           SELECT ?, 0
           UNION ALL
           SELECT message.parent_id, depth + 1 FROM branch JOIN message ON message.id = branch.id
           WHERE message.parent_id IS NOT NULL
         )
         SELECT message.* FROM branch JOIN message ON message.id = branch.id ORDER BY depth DESC`,
      )
      .all(leafId);
  }

  /** The last message of the branch that is shown. */
  shownLeaf(conversationId: string): string | null {
    const row = this.#database.prepare('SELECT leaf_id FROM conversation WHERE id = ?').get(conversationId);
    return row?.leaf_id === null || row === undefined ? null : String(row.leaf_id);
  }

  /** In the order in which they were made. */
  nodes(conversationId: string): TreeNode[] {
    const rows = this.#database
      .prepare(
        `SELECT id, parent_id AS parentId, role, substr(text, 1, 400) AS excerpt, status, created_at AS createdAt
         FROM message WHERE conversation_id = ? AND removed_with IS NULL ORDER BY rowid`,
      )
      .all(conversationId);
    return rows.map((row) => {
      const node = treeNodeSchema.parse(row);
      return { ...node, excerpt: excerptOf(node.excerpt) };
    });
  }

  /** Those of a message that are not removed. */
  children(conversationId: string, messageId: string): { role: string }[] {
    return this.#database
      .prepare('SELECT role FROM message WHERE conversation_id = ? AND parent_id = ? AND removed_with IS NULL')
      .all(conversationId, messageId) as { role: string }[];
  }

  /** @throws WorkbenchError `MESSAGE_NOT_FOUND` where it is not there, or removed. */
  row(conversationId: string, messageId: string): Row {
    const row = this.#database
      .prepare('SELECT * FROM message WHERE id = ? AND conversation_id = ? AND removed_with IS NULL')
      .get(messageId, conversationId);
    if (row === undefined) throw messageNotFound(messageId);
    return row;
  }

  /** Shows the branch through a message, down to the newest message under it. */
  show(conversationId: string, messageId: string): void {
    this.row(conversationId, messageId);
    this.#setLeaf(conversationId, this.#newestUnder(messageId));
  }

  /** Takes a message and what follows it out of sight. Where it was shown, its newest sibling is, or else what it followed. */
  remove(conversationId: string, messageId: string): void {
    const { parent_id: parentId } = this.row(conversationId, messageId);
    inTransaction(this.#database, () => {
      const isShown = this.branch(this.shownLeaf(conversationId)).some(({ id }) => id === messageId);
      this.#database
        .prepare(
          `WITH RECURSIVE under (id) AS (
             SELECT ? UNION ALL
             SELECT message.id FROM under JOIN message ON message.parent_id = under.id WHERE message.removed_with IS NULL
           )
           UPDATE message SET removed_with = ? WHERE id IN (SELECT id FROM under)`,
        )
        .run(messageId, messageId);
      if (isShown) this.#setLeaf(conversationId, this.#newestBelow(conversationId, parentId as string | null));
    });
  }

  /** Brings back what `remove` took, and shows it; where what it followed was removed later, it comes back with that. */
  restore(conversationId: string, messageId: string): void {
    inTransaction(this.#database, () => {
      const above = this.branch(messageId).at(-2)?.removed_with ?? null;
      const { changes } = this.#database
        .prepare('UPDATE message SET removed_with = ? WHERE removed_with = ? AND conversation_id = ?')
        .run(above as string | null, messageId, conversationId);
      if (changes === 0) throw messageNotFound(messageId);
      if (above === null) this.#setLeaf(conversationId, this.#newestUnder(messageId));
    });
  }

  #newestUnder(messageId: string): string {
    const row = this.#database
      .prepare(
        `WITH RECURSIVE path (id, depth) AS (
           SELECT ?, 0 UNION ALL
           SELECT (SELECT child.id FROM message AS child WHERE child.parent_id = path.id AND child.removed_with IS NULL
                   ORDER BY child.rowid DESC LIMIT 1), depth + 1
           FROM path WHERE path.id IS NOT NULL
         )
         SELECT id FROM path WHERE id IS NOT NULL ORDER BY depth DESC LIMIT 1`,
      )
      .get(messageId);
    return String(row?.id);
  }

  #newestBelow(conversationId: string, parentId: string | null): string | null {
    if (parentId !== null) return this.#newestUnder(parentId);
    const row = this.#database
      .prepare(
        `SELECT id FROM message WHERE conversation_id = ? AND parent_id IS NULL AND removed_with IS NULL
         ORDER BY rowid DESC LIMIT 1`,
      )
      .get(conversationId);
    return row === undefined ? null : this.#newestUnder(String(row.id));
  }

  #setLeaf(conversationId: string, leafId: string | null): void {
    this.#database.prepare('UPDATE conversation SET leaf_id = ? WHERE id = ?').run(leafId, conversationId);
  }
}

function messageNotFound(messageId: string): WorkbenchError {
  return new WorkbenchError('MESSAGE_NOT_FOUND', `There is no message ${messageId} in this conversation.`, {
    action: 'It may have been deleted in another window: open the conversation again.',
    details: { messageId },
  });
}
