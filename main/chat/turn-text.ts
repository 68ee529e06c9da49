/**
 * What a user's message says to the model: its files first, each fenced and named, then the text. The fence is longer than any run of
 * backticks in the file, so that a file cannot end it; the form is Markdown's, which instruct models have read much of.
 */
import type { Attachment } from '../contract/chat.ts';

export function turnText(text: string, attachments: readonly Attachment[]): string {
  return [...attachments.map(fenced), text].filter((part) => part !== '').join('\n\n');
}

function fenced({ name, text }: Attachment): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const body = text.endsWith('\n') || text === '' ? text : `${text}\n`;
  return `${fence}${name.replace(/[`\r\n]/g, ' ')}\n${body}${fence}`;
}
