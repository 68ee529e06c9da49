/** The shown branch of a conversation as someone reads it: who, and what; for the formats that are for reading. */
import type { FileConversation, FileMessage } from '../../../contract/conversation-file.ts';
import { programName, type ExportLabels } from './labels.ts';
import { shownBranch } from './read-conversation.ts';

export interface ReadableMessage {
  role: FileMessage['role'];
  /** With the name of the model, and how its answer ended where that is not of itself. */
  author: string;
  text: string;
  attachments: FileMessage['attachments'];
  createdAt: Date;
}

export interface ReadableConversation {
  title: string;
  /** Where it is from, if not from here. */
  origin: string | null;
  createdAt: Date;
  messages: ReadableMessage[];
}

export function readableConversation(conversation: FileConversation, labels: ExportLabels): ReadableConversation {
  const { title, source, options } = conversation;
  const branch = shownBranch(conversation, conversation.messages).map((message) => readable(message, labels));
  const createdAt = new Date(conversation.createdAt);
  const system = {
    role: 'system' as const,
    author: labels.system,
    text: options.systemPrompt,
    attachments: [],
    createdAt,
  };
  return {
    title: title === '' ? labels.untitled : title,
    origin: source === null ? null : labels.importedFrom(programName(source.kind)),
    createdAt,
    messages: options.systemPrompt.trim() === '' ? branch : [system, ...branch],
  };
}

function readable(message: FileMessage, labels: ExportLabels): ReadableMessage {
  const { role, text, attachments, model, status } = message;
  const name = role === 'assistant' ? (model ?? labels.assistant) : labels[role];
  const ended = status === 'complete' || status === 'streaming' ? '' : ` (${labels.status[status]})`;
  return { role, author: `${name}${ended}`, text, attachments, createdAt: new Date(message.createdAt) };
}
