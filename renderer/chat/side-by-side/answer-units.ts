/**
 * What two answers are compared by. Ids, where one tokenizer made both. Otherwise the pieces of text between cuts that do not depend
 * on a tokenizer: words with the space before them, marks of punctuation, line breaks.
 */
import type { GeneratedToken } from '../../../main/contract/tokens.ts';

/** An answer as it is compared. */
export interface AnswerText {
  text: string;
  tokens: readonly GeneratedToken[];
  tokenizerHash: string | null;
}

/** Unit i has the key `keys[i]` and ends at `ends[i]` in the answer (UTF-16); it begins where the one before it ends. */
export interface Units {
  keys: number[];
  ends: number[];
}

const pieces = /[ \t\u00A0\u202F]*(?:\r?\n|[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}])|\s/gu;

/** The units of both, whose keys may be compared with each other. */
export function unitsOf(left: AnswerText, right: AnswerText): { left: Units; right: Units } {
  if (left.tokenizerHash !== null && left.tokenizerHash === right.tokenizerHash) {
    return { left: tokenUnits(left), right: tokenUnits(right) };
  }
  const numbers = new Map<string, number>();
  return { left: textUnits(left.text, numbers), right: textUnits(right.text, numbers) };
}

function tokenUnits({ text, tokens }: AnswerText): Units {
  const units: Units = { keys: [], ends: [] };
  let end = 0;
  for (const token of tokens) {
    end += token.text.length;
    units.keys.push(token.id);
    units.ends.push(end);
  }
  // What an incomplete character left at the end belongs to the last token.
  if (units.ends.length > 0) units.ends[units.ends.length - 1] = text.length;
  return units;
}

function textUnits(text: string, numbers: Map<string, number>): Units {
  const units: Units = { keys: [], ends: [] };
  let start = 0;
  const add = (end: number) => {
    if (end === start) return;
    const piece = text.slice(start, end);
    if (!numbers.has(piece)) numbers.set(piece, numbers.size);
    units.keys.push(numbers.get(piece) ?? 0);
    units.ends.push(end);
    start = end;
  };
  for (const { index, 0: piece } of text.matchAll(pieces)) {
    add(index);
    add(index + piece.length);
  }
  add(text.length);
  return units;
}
