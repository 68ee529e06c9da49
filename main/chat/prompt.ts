/** From the shown branch and a new message to the ids that the model is fed. */
import type { Message } from '../contract/chat.ts';
import type { LoadedModel, Turn } from '../contract/engine.ts';
import { WorkbenchError } from '../contract/errors.ts';
import type { EngineClient } from '../models/index.ts';

export interface EncodedPrompt {
  ids: number[];
  /** The ids of the new user turn alone. */
  userIds: number[];
}

export async function encodePrompt(
  target: { engine: EngineClient; model: LoadedModel },
  branch: readonly Message[],
  text: string,
): Promise<EncodedPrompt> {
  const { engine, model } = target;
  if (text.trim() === '') {
    throw new WorkbenchError('PROMPT_EMPTY', 'The message is empty.', { action: 'Write something first.' });
  }
  const turns = [
    ...branch.filter(hasContent).map((message) => toTurn(message, model)),
    { role: 'user', text } as const,
  ];
  const { ids, boundaries } = await engine.encodeChat({ turns, addGenerationPrompt: true });
  if (ids.length >= model.contextLength) {
    throw new WorkbenchError(
      'CONTEXT_EXCEEDED',
      `The conversation with this message has ${ids.length} tokens; the model reads ${model.contextLength} at most.`,
      {
        action: 'Shorten the message or start a new conversation.',
        details: { tokens: ids.length, limit: model.contextLength },
      },
    );
  }
  return { ids, userIds: ids.slice(boundaries.at(-2) ?? 0, boundaries.at(-1)) };
}

/** An answer that failed before its first token says nothing to the model. */
function hasContent(message: Message): boolean {
  return message.role !== 'assistant' || message.ids.length > 0;
}

/** What was written with this tokenizer goes back as the ids that were written; anything else can only go back as text. */
function toTurn(message: Message, model: LoadedModel): Turn {
  const { role, text, ids } = message;
  return role === 'assistant' && message.tokenizer === model.tokenizerHash ? { role, text, ids } : { role, text };
}
