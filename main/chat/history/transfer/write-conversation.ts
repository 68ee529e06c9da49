/** Stores a conversation that comes from a file, all of it or nothing. */
import type { DatabaseSync } from 'node:sqlite';
import type { FileConversation, FileFolder } from '../../../contract/conversation-file.ts';
import { messageToRow } from '../../message-row.ts';
import { ReceiptRows } from '../../receipt-rows.ts';
import { TokenRows } from '../../token-rows.ts';
import { inTransaction } from '../../transaction.ts';

export function writeConversation(database: DatabaseSync, conversation: FileConversation): void {
  inTransaction(database, () => {
    const { id, title, createdAt, updatedAt, pinnedAt, source, isReadOnly, options, shownLeafId } = conversation;
    database
      .prepare(
        `INSERT INTO conversation
           (id, title, created_at, updated_at, leaf_id, folder_id, pinned_at, source, is_read_only, options)
         VALUES (?, ?, ?, ?, ?, (SELECT id FROM folder WHERE id = ?), ?, ?, ?, ?)`,
      )
      .run(
        ...[id, title, createdAt, updatedAt, shownLeafId, conversation.folderId, pinnedAt],
        source === null ? null : JSON.stringify(source),
        isReadOnly ? 1 : 0,
        JSON.stringify(options),
      );
    for (const message of conversation.messages) writeMessage(database, id, message);
  });
}

/** Folders that are not there yet. */
export function writeFolders(database: DatabaseSync, folders: readonly FileFolder[]): void {
  const insert = database.prepare('INSERT OR IGNORE INTO folder (id, name, created_at) VALUES (?, ?, ?)');
  inTransaction(database, () => {
    for (const { id, name, createdAt } of folders) insert.run(id, name, createdAt);
  });
}

function writeMessage(
  database: DatabaseSync,
  conversationId: string,
  { receipt, ...message }: FileConversation['messages'][number],
): void {
  const row = messageToRow({ ...message, conversationId });
  const names = Object.keys(row);
  database
    .prepare(`INSERT INTO message (${names.join(', ')}) VALUES (${names.map((name) => `$${name}`).join(', ')})`)
    .run(row);
  new TokenRows(database).put(message.id, 0, message.tokens);
  if (receipt !== null) new ReceiptRows(database).keep(message.id, receipt);
}
