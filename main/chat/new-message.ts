/** A message before anything is known of it. */
import { randomUUID } from 'node:crypto';
import type { Message } from '../contract/chat.ts';
import type { Role } from '../contract/engine.ts';

/** Complete and without text; `parentId` is `null` for the first of a conversation. */
export function newMessage(conversationId: string, role: Role, parentId: string | null): Message {
  return {
    id: randomUUID(),
    conversationId,
    parentId,
    role,
    text: '',
    attachments: [],
    prefill: '',
    takenTokens: 0,
    editedFrom: null,
    systemPrompt: null,
    mode: 'chat',
    ids: [],
    tokens: [],
    status: 'complete',
    error: null,
    model: null,
    tokenizer: null,
    sampling: null,
    finishReason: null,
    statistics: null,
    context: null,
    createdAt: Date.now(),
  };
}
