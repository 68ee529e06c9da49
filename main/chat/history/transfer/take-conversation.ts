/** Takes one conversation of a file into the history, without ever replacing one that is there. */
import type { DatabaseSync } from 'node:sqlite';
import type { FileConversation } from '../../../contract/conversation-file.ts';
import { contentHash, idsFromContent } from './new-ids.ts';
import { readConversation } from './read-conversation.ts';
import { writeConversation } from './write-conversation.ts';

export interface Taken {
  how: 'imported' | 'unchanged' | 'under-new-ids';
  conversationId: string;
}

/**
 * Under its own ids where they are free. Where the same conversation is there with the same messages, nothing is done; with others, it
 * is stored beside it under ids made of its content.
 */
export function takeConversation(database: DatabaseSync, conversation: FileConversation): Taken {
  const stored = storedTwin(database, conversation);
  if (stored === 'same') return { how: 'unchanged', conversationId: conversation.id };
  if (stored === 'free') {
    writeConversation(database, conversation);
    return { how: 'imported', conversationId: conversation.id };
  }
  const renamed = idsFromContent(conversation);
  if (storedTwin(database, renamed) !== 'free') return { how: 'unchanged', conversationId: renamed.id };
  writeConversation(database, renamed);
  return { how: 'under-new-ids', conversationId: renamed.id };
}

function storedTwin(database: DatabaseSync, conversation: FileConversation): 'free' | 'same' | 'other' {
  if (database.prepare('SELECT 1 FROM conversation WHERE id = ?').get(conversation.id) !== undefined) {
    const stored = readConversation(database, conversation.id);
    return contentHash(stored) === contentHash(conversation) ? 'same' : 'other';
  }
  const isTaken = database.prepare('SELECT 1 FROM message WHERE id = ?');
  return conversation.messages.some(({ id }) => isTaken.get(id) !== undefined) ? 'other' : 'free';
}
