/** Stores a conversation that comes from a file, all of it or nothing. */
import type { DatabaseSync } from 'node:sqlite';
import type { FileConversation, FileFolder } from '../../../contract/conversation-file.ts';
import { idsToBlob, messageToRow } from '../../message-row.ts';
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
  const row = messageToRow({ ...message, conversationId, tokenCount: message.tokens.length });
  const names = Object.keys(row);
  database
    .prepare(`INSERT INTO message (${names.join(', ')}) VALUES (${names.map((name) => `$${name}`).join(', ')})`)
    .run(row);
  const insert = database.prepare('INSERT INTO token (message_id, position, data) VALUES (?, ?, ?)');
  for (const [position, token] of message.tokens.entries()) insert.run(message.id, position, JSON.stringify(token));
  if (receipt === null) return;
  database
    .prepare('INSERT INTO receipt (message_id, prompt_ids, given_tokens, header) VALUES (?, ?, ?, ?)')
    .run(message.id, idsToBlob(receipt.promptIds), receipt.givenTokens, JSON.stringify(receipt.header));
}
