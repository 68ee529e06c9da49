/** Messages at their beginning. */
import { randomUUID } from 'node:crypto';
import type { Message } from '../contract/chat.ts';
import type { Role } from '../contract/engine.ts';
import type { PreparedAnswer } from './answer-prompt.ts';

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
    tokenCount: 0,
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

/**
 * An answer that is about to be generated, with what is given of it. Where the token that was chosen for it ends answers, it is
 * complete as it is.
 */
export function answerMessage(conversationId: string, parentId: string, prepared: PreparedAnswer): Message {
  const { target, prompt, options, sampling, given } = prepared;
  const { model } = target;
  const { droppedTurns, droppedTokens } = prompt.plan;
  const last = given.tokens.at(-1);
  const isOver = last !== undefined && model.stopIds.includes(last.id);
  const tokens = isOver ? given.tokens.slice(0, -1) : given.tokens;
  const message: Message = {
    ...newMessage(conversationId, 'assistant', parentId),
    status: 'streaming',
    text: given.prefill,
    prefill: given.prefill,
    ids: prompt.prefillIds,
    tokens,
    tokenCount: tokens.length,
    takenTokens: tokens.length,
    editedFrom: given.messageId,
    model: model.name,
    tokenizer: model.tokenizerHash,
    sampling,
    systemPrompt: options.systemPrompt,
    mode: options.mode,
    context: { droppedTurns, droppedTokens },
  };
  if (!isOver) return message;
  const text = given.prefill + tokens.map((token) => token.text).join('');
  const ids = [...prompt.prefillIds, ...tokens.map(({ id }) => id)];
  return { ...message, status: 'complete', finishReason: 'stop-token', text, ids };
}
