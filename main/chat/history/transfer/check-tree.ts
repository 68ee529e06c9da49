/** What a schema cannot say of a conversation's messages: that they are a tree. */
import type { FileConversation } from '../../../contract/conversation-file.ts';

/** What is wrong, in English; `null` where nothing is. */
export function treeFault({ messages, shownLeafId }: FileConversation): string | null {
  const seen = new Set<string>();
  for (const [at, { id, parentId, status }] of messages.entries()) {
    if (seen.has(id)) return `messages[${at}]: the id ${id} is that of an earlier message.`;
    if (parentId !== null && !seen.has(parentId))
      return `messages[${at}]: no earlier message has its parentId ${parentId}.`;
    if (status === 'streaming') return `messages[${at}]: an answer in a file cannot be under way.`;
    seen.add(id);
  }
  if (shownLeafId !== null && !seen.has(shownLeafId)) return `shownLeafId: no message has the id ${shownLeafId}.`;
  return null;
}
