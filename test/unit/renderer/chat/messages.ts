/** The messages of one conversation, for tests of what the window keeps of it. */
import { conversationOptionsSchema, type Conversation, type Message } from '../../../../main/contract/chat.ts';
import { answer } from '../../../fixtures/messages.ts';

export function aMessage(change: Partial<Message> = {}): Message {
  return answer({ id: 'm1', conversationId: 'c1', status: 'streaming', ...change });
}

export function aConversation(messages: Message[]): Conversation {
  const options = conversationOptionsSchema.parse({});
  const tree = messages.map(({ id, parentId, role, text: excerpt, status, createdAt }) => ({
    id,
    parentId,
    role,
    excerpt,
    status,
    createdAt,
  }));
  const summary = { id: 'c1', title: '', createdAt: 0, updatedAt: 0, messageCount: messages.length };
  const place = { folderId: null, pinnedAt: null, source: null, isReadOnly: false };
  return { ...summary, ...place, options, messages, tree };
}
