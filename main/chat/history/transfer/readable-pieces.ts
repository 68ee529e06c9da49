/** One conversation in one of the formats that are for reading. */
import type { DatabaseSync } from 'node:sqlite';
import { conversationAsHtml } from './as-html.ts';
import { conversationAsMarkdown } from './as-markdown.ts';
import type { ExportLabels } from './labels.ts';
import { readConversation } from './read-conversation.ts';
import { readableConversation } from './shown-messages.ts';

export function readable(
  database: DatabaseSync,
  conversationId: string,
  format: 'markdown' | 'html',
  labels: ExportLabels,
  isFirst: boolean,
): string {
  const conversation = readableConversation(readConversation(database, conversationId), labels);
  return format === 'html'
    ? conversationAsHtml(conversation, labels)
    : conversationAsMarkdown(conversation, labels, isFirst);
}
