/** The same conversation under other ids, where its own are taken. */
import { createHash } from 'node:crypto';
import type { FileConversation } from '../../../contract/conversation-file.ts';
import { derivedId } from './foreign-conversation.ts';

/** Of what was said: title, folder, pin and the branch that is shown may differ, the messages may not. */
export function contentHash({ messages }: FileConversation): string {
  const hash = createHash('sha256');
  for (const message of messages) hash.update(JSON.stringify(message, sortedKeys));
  return hash.digest('hex');
}

/** In files the members of an object may stand in any order. */
function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** `newId` makes an id of one that is there; what points to a message that is not among them is left as it is. */
export function withNewIds(conversation: FileConversation, newId: (id: string) => string): FileConversation {
  const ids = new Map(conversation.messages.map(({ id }) => [id, newId(id)]));
  const renamed = (id: string | null) => (id === null ? null : (ids.get(id) ?? id));
  return {
    ...conversation,
    id: newId(conversation.id),
    shownLeafId: renamed(conversation.shownLeafId),
    messages: conversation.messages.map((message) => ({
      ...message,
      id: ids.get(message.id) ?? message.id,
      parentId: renamed(message.parentId),
      editedFrom: renamed(message.editedFrom),
    })),
  };
}

/** The same for the same content, so that a file that is imported a third time finds what the second time made. */
export function idsFromContent(conversation: FileConversation): FileConversation {
  const content = contentHash(conversation);
  return withNewIds(conversation, (id) => derivedId('content', content, id));
}
