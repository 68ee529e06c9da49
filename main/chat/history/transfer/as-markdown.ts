/** Conversations as Markdown: what was said stands as it was written, since models write Markdown; only attachments are fenced. */
import type { ExportLabels } from './labels.ts';
import type { ReadableConversation, ReadableMessage } from './shown-messages.ts';

/** `isFirst`: no conversation stands before it. */
export function conversationAsMarkdown(
  conversation: ReadableConversation,
  labels: ExportLabels,
  isFirst: boolean,
): string {
  const { title, origin, createdAt, messages } = conversation;
  const facts = [createdAt.toISOString(), ...(origin === null ? [] : [origin])].join(' · ');
  const parts = [`# ${oneLine(title)}`, `*${oneLine(facts)}*`, ...messages.map((message) => section(message, labels))];
  return `${isFirst ? '' : '\n---\n\n'}${parts.join('\n\n')}\n`;
}

function section({ author, text, attachments }: ReadableMessage, labels: ExportLabels): string {
  const files = attachments.map(
    ({ name, text: content }) => `**${oneLine(labels.attachment(name))}**\n\n${fenced(content)}`,
  );
  return [`## ${oneLine(author)}`, ...files, text.trim()].filter((part) => part !== '').join('\n\n');
}

/** With a fence that is longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text.replace(/\n$/, '')}\n${fence}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
