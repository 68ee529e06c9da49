/** A stored conversation as the workbench's file has it. Messages come one at a time: with their tokens they can be large. */
import type { DatabaseSync } from 'node:sqlite';
import {
  fileConversationHeadSchema,
  type FileConversation,
  type FileConversationHead,
  type FileMessage,
} from '../../../contract/conversation-file.ts';
import { receiptHeaderSchema } from '../../../contract/receipt.ts';
import type { GeneratedToken } from '../../../contract/tokens.ts';
import { conversationNotFound } from '../../conversation-not-found.ts';
import { idsFromBlob, messageFromRow } from '../../message-row.ts';
import { TokenRows } from '../../token-rows.ts';

const headColumns = `id, title, created_at AS createdAt, updated_at AS updatedAt, folder_id AS folderId, pinned_at AS pinnedAt,
  source, is_read_only AS isReadOnly, options, leaf_id AS shownLeafId`;

/** @throws WorkbenchError `CONVERSATION_NOT_FOUND` */
export function readHead(database: DatabaseSync, conversationId: string): FileConversationHead {
  const row = database.prepare(`SELECT ${headColumns} FROM conversation WHERE id = ?`).get(conversationId);
  if (row === undefined) throw conversationNotFound(conversationId);
  return fileConversationHeadSchema.parse({
    ...row,
    source: row.source === null ? null : JSON.parse(String(row.source)),
    isReadOnly: row.isReadOnly === 1,
    options: row.options === null ? undefined : JSON.parse(String(row.options)),
  });
}

/** Every message that is not deleted, in the order in which they were made. */
export function* readMessages(database: DatabaseSync, conversationId: string): Generator<FileMessage> {
  const ids = database
    .prepare('SELECT id FROM message WHERE conversation_id = ? AND removed_with IS NULL ORDER BY rowid')
    .all(conversationId);
  const tokens = new TokenRows(database);
  for (const { id } of ids) {
    // Between two of them others may have been deleted.
    const row = database.prepare('SELECT * FROM message WHERE id = ?').get(String(id));
    if (row !== undefined) yield fileMessage(database, row, tokens.of(String(id)));
  }
}

/** The messages of the branch that is shown, from the first on. */
export function shownBranch(head: FileConversationHead, messages: readonly FileMessage[]): FileMessage[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const branch: FileMessage[] = [];
  for (let id = head.shownLeafId; id !== null;) {
    const message = byId.get(id);
    if (message === undefined) break;
    branch.push(message);
    id = message.parentId;
  }
  return branch.toReversed();
}

export function readConversation(database: DatabaseSync, conversationId: string): FileConversation {
  return { ...readHead(database, conversationId), messages: [...readMessages(database, conversationId)] };
}

function fileMessage(database: DatabaseSync, row: Record<string, unknown>, tokens: GeneratedToken[]): FileMessage {
  const { conversationId: _conversation, ...message } = messageFromRow(row, tokens);
  const receipt = database.prepare('SELECT * FROM receipt WHERE message_id = ?').get(message.id);
  return {
    ...message,
    // In the file nothing is under way.
    status: message.status === 'streaming' ? 'interrupted' : message.status,
    receipt:
      receipt === undefined
        ? null
        : {
            header: receiptHeaderSchema.parse(JSON.parse(String(receipt.header))),
            promptIds: idsFromBlob(receipt.prompt_ids as Uint8Array),
            givenTokens: Number(receipt.given_tokens),
          },
  };
}
