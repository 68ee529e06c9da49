/** Ids that come from outside, held against the model before anything runs. */
import type { LoadedModel } from '../contract/engine.ts';
import { WorkbenchError } from '../contract/errors.ts';
import type { ScoringWindow } from '../contract/scoring.ts';

type Limits = Pick<LoadedModel, 'contextLength' | 'vocabularySize'>;

/** @throws WorkbenchError `PROMPT_EMPTY`, `CONTEXT_EXCEEDED`, `INVALID_INPUT` */
export function checkPrompt(promptIds: readonly number[], { contextLength, vocabularySize }: Limits): void {
  if (promptIds.length === 0) throw empty('The prompt has no tokens.');
  if (promptIds.length >= contextLength) {
    throw new WorkbenchError(
      'CONTEXT_EXCEEDED',
      `The prompt has ${promptIds.length} tokens; the model reads ${contextLength} with the answer.`,
      {
        action: 'Shorten it or start a new conversation.',
        details: { tokens: promptIds.length, limit: contextLength },
      },
    );
  }
  checkVocabulary(promptIds, vocabularySize);
}

/** Something has to stand before the answer. @throws WorkbenchError `INVALID_INPUT` */
export function checkGiven(givenTokens: number, promptTokens: number): void {
  if (givenTokens < promptTokens) return;
  throw new WorkbenchError(
    'INVALID_INPUT',
    `${givenTokens} tokens cannot be the beginning of the answer: the prompt has ${promptTokens}.`,
    { action: 'Give a prompt before the answer.', details: { tokens: givenTokens, limit: promptTokens - 1 } },
  );
}

/**
 * Without a window all ids have to fit into the context at once.
 * @throws WorkbenchError `PROMPT_EMPTY`, `CONTEXT_EXCEEDED`, `INVALID_INPUT`
 */
export function checkScored(
  { ids, window }: { ids: readonly number[]; window: ScoringWindow | null },
  limits: Limits,
): void {
  const { contextLength, vocabularySize } = limits;
  if (ids.length === 0) throw empty('The text has no tokens.');
  if (window === null && ids.length > contextLength) throw tooLong(ids.length, contextLength);
  if (window !== null) checkWindow(window, contextLength);
  checkVocabulary(ids, vocabularySize);
}

/** @throws WorkbenchError `PROMPT_EMPTY`, `CONTEXT_EXCEEDED`, `INVALID_INPUT` */
export function checkContinuations(
  prefixIds: readonly number[],
  continuations: readonly (readonly number[])[],
  { contextLength, vocabularySize }: Limits,
): void {
  if (prefixIds.length === 0) throw empty('The text that is to be continued has no tokens.');
  checkVocabulary(prefixIds, vocabularySize);
  for (const [index, ids] of continuations.entries()) {
    if (ids.length === 0) {
      throw new WorkbenchError('INVALID_INPUT', `Continuation ${index + 1} has no tokens of its own.`, {
        action: 'Give continuations that add something to the text.',
        details: { continuation: index + 1 },
      });
    }
    const length = prefixIds.length + ids.length;
    if (length > contextLength) throw tooLong(length, contextLength);
    checkVocabulary(ids, vocabularySize);
  }
}

function checkWindow({ length, stride }: ScoringWindow, contextLength: number): void {
  if (length <= contextLength && stride < length) return;
  throw new WorkbenchError(
    'INVALID_INPUT',
    `A window of ${length} tokens that moves on by ${stride} cannot be: the model reads ${contextLength}.`,
    {
      action: `Take a window of 2 to ${contextLength} tokens, and a stride below the window.`,
      details: { length, stride, limit: contextLength },
    },
  );
}

/** @throws WorkbenchError `INVALID_INPUT` */
export function checkVocabulary(ids: readonly number[], vocabularySize: number): void {
  const outside = ids.find((id) => id < 0 || id >= vocabularySize);
  if (outside === undefined) return;
  throw new WorkbenchError('INVALID_INPUT', `Token ${outside} is outside the vocabulary of ${vocabularySize}.`, {
    action: 'Encode the prompt with the tokenizer of the loaded model.',
    details: { token: outside, limit: vocabularySize },
  });
}

function empty(message: string): WorkbenchError {
  return new WorkbenchError('PROMPT_EMPTY', message, { action: 'Write something first.' });
}

function tooLong(tokens: number, limit: number): WorkbenchError {
  return new WorkbenchError('CONTEXT_EXCEEDED', `The text has ${tokens} tokens; the model reads ${limit}.`, {
    action: 'Shorten it, or score it by a sliding window.',
    details: { tokens, limit },
  });
}
