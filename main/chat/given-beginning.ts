/** The beginning of an answer that the model does not choose: what a person wrote for it, or took over from another answer. */
import type { Message, TakeOver } from '../contract/chat.ts';
import { WorkbenchError } from '../contract/errors.ts';
import type { GeneratedToken } from '../contract/tokens.ts';

export interface GivenBeginning {
  /** The text that is given. */
  prefill: string;
  /** Its ids, where it has been read before; else it has to be encoded. */
  prefillIds: number[] | null;
  /** Of the other answer, the chosen alternative last. */
  tokens: GeneratedToken[];
  /** The other answer. */
  messageId: string | null;
}

/** What a person wrote. */
export function written(prefill: string): GivenBeginning {
  return { prefill, prefillIds: null, tokens: [], messageId: null };
}

/**
 * What is taken over of an answer. Where its ids are those of another tokenizer, or a person wrote it, its text is taken, and will be
 * encoded anew: then nothing says where its tokens were.
 * @throws WorkbenchError `INVALID_INPUT` where there is no such token, or no such alternative
 */
export function takenOver(
  message: Message,
  { tokens: count, alternativeId }: TakeOver,
  tokenizerHash: string,
): GivenBeginning {
  const { prefill, ids, id: messageId } = message;
  if (message.role !== 'assistant' || count > message.tokens.length) {
    throw new WorkbenchError('INVALID_INPUT', `The answer has ${message.tokens.length} tokens, not ${count}.`, {
      action: 'Choose a token of the answer.',
    });
  }
  const taken = message.tokens.slice(0, count);
  const alternative = alternativeId === null ? null : chosenAlternative(message.tokens[count], alternativeId);
  // Nobody generated it: there are no tokens to choose between.
  if (ids.length === 0) return { prefill: message.text, prefillIds: null, tokens: [], messageId };
  if (message.tokenizer === tokenizerHash) {
    const prefillIds = prefill === '' ? [] : ids.slice(0, ids.length - message.tokens.length);
    return { prefill, prefillIds, tokens: alternative === null ? taken : [...taken, alternative], messageId };
  }
  const text = prefill + taken.map((token) => token.text).join('');
  // All of it has the text that was held back at its end too.
  const isWhole = count === message.tokens.length;
  const asText = isWhole ? message.text : alternative === null ? text : text + readPiece(alternative, text === '');
  return { prefill: asText, prefillIds: null, tokens: [], messageId };
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
  if (instead.id === id) return instead;
  const { piece, logProbability } = alternative;
  return { ...instead, id, piece, logProbability, text: '', probability: null, rank: rank + 1 };
}

/**
 * Without its tokenizer a piece can be read where it is plain text, not where it is a byte.
 * @throws WorkbenchError `INVALID_INPUT`
 */
function readPiece({ piece }: GeneratedToken, isFirst: boolean): string {
  if (/^<0x[0-9A-F]{2}>$/.test(piece)) {
    throw new WorkbenchError('INVALID_INPUT', 'The alternative is a part of a character, of another tokenizer.', {
      action: 'Choose another one, or load the model that wrote the answer.',
    });
  }
  const text = piece.replaceAll('▁', ' ').replaceAll('Ġ', ' ');
  return isFirst ? text.trimStart() : text;
}
