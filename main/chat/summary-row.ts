/** A conversation as the list shows it, from its row. */
import { z } from 'zod';
import { conversationSourceSchema, conversationSummarySchema, type ConversationSummary } from '../contract/chat.ts';

/** Of the table `conversation`. */
export const summaryColumns = `id, title, created_at AS createdAt, updated_at AS updatedAt, folder_id AS folderId,
  pinned_at AS pinnedAt, source, is_read_only AS isReadOnly,
  (SELECT count(*) FROM message WHERE conversation_id = conversation.id AND removed_with IS NULL) AS messageCount`;

const rowSchema = conversationSummarySchema.extend({
  source: z
    .string()
    .nullable()
    .transform((text) => (text === null ? null : conversationSourceSchema.parse(JSON.parse(text)))),
  isReadOnly: z.number().transform((flag) => flag === 1),
});

export function summaryFromRow(row: unknown): ConversationSummary {
  return rowSchema.parse(row);
}
