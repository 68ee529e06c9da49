/** The beginning of an answer that the model does not choose: what a person wrote for it, or took over from another answer. */
import type { Message, TakeOver } from '../contract/chat.ts';
import { WorkbenchError } from '../contract/errors.ts';
import type { GeneratedToken } from '../contract/tokens.ts';
import type { EngineClient } from '../models/index.ts';

export interface GivenBeginning {
  prefill: string;
  prefillIds: number[];
  /** Of the other answer, the chosen alternative last. */
  tokens: GeneratedToken[];
  /** The other answer. */
  messageId: string | null;
}

/** The model reads it as it would read its own words: alone, after what the template begins the answer with. */
export async function prefillIds(engine: EngineClient, prefill: string): Promise<number[]> {
  if (prefill === '') return [];
  return (await engine.encode({ text: prefill, addBos: false, controlTokens: 'as-text' })).ids;
}

/** @throws WorkbenchError `INVALID_INPUT` where there is no such token, or no such alternative. */
export function takenOver(
  message: Message,
  { tokens: count, alternativeId }: TakeOver,
): GivenBeginning & { parentId: string | null } {
  if (message.role !== 'assistant' || count > message.tokens.length) {
    throw new WorkbenchError('INVALID_INPUT', `The answer has ${message.tokens.length} tokens, not ${count}.`, {
      action: 'Choose a token of the answer.',
    });
  }
  const { prefill, ids, id: messageId, parentId } = message;
  const prefillIds = ids.slice(0, ids.length - message.tokens.length);
  const tokens = message.tokens.slice(0, count);
  if (alternativeId !== null) tokens.push(chosenAlternative(message.tokens[count], alternativeId));
  return { prefill, prefillIds, tokens, messageId, parentId };
}

/** As the model would have had it, had it been drawn; what the sampling made of its probability is not known. */
function chosenAlternative(instead: GeneratedToken | undefined, id: number): GeneratedToken {
  const rank = instead?.alternatives.findIndex((alternative) => alternative.id === id) ?? -1;
  const alternative = instead?.alternatives[rank];
  if (instead === undefined || alternative === undefined) {
    throw new WorkbenchError('INVALID_INPUT', `Token ${id} was not among the alternatives at this place.`, {
      action: 'Choose one of the alternatives that are shown.',
    });
  }
  const { piece, logProbability } = alternative;
  return { ...instead, id, piece, logProbability, text: '', probability: null, rank: rank + 1 };
}
