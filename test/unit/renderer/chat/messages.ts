/** A message and a token with every field, for tests that care about a few of them. */
import type { Conversation, Message } from '../../../../main/contract/chat.ts';
import type { GeneratedToken } from '../../../../main/contract/tokens.ts';

export function aMessage(change: Partial<Message> = {}): Message {
  return {
    id: 'm1',
    conversationId: 'c1',
    parentId: null,
    role: 'assistant',
    text: '',
    ids: [],
    tokens: [],
    status: 'streaming',
    error: null,
    model: null,
    sampling: null,
    finishReason: null,
    statistics: null,
    createdAt: 0,
    ...change,
  };
}

export function aToken(id: number, text: string): GeneratedToken {
  return { id, piece: text, text, logProbability: 0, rank: 1, entropy: 0, alternatives: [] };
}

export function aConversation(messages: Message[]): Conversation {
  return { id: 'c1', title: '', createdAt: 0, updatedAt: 0, messageCount: messages.length, messages };
}
