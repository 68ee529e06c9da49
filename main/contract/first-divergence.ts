/**
 * Where two answers part, and how close the call was: the two tokens, what each model gave its own, and what it gave the other's
 * where that is among the ten alternatives that are kept.
 */
import type { GeneratedToken } from './tokens.ts';

export interface Compared {
  text: string;
  tokens: readonly GeneratedToken[];
  /** Ids of different tokenizers mean nothing to each other: such answers are compared by their texts. */
  tokenizerHash: string | null;
}

/** One side's token at the divergence. */
export interface Choice {
  /** Of the token, from 0. */
  index: number;
  /** `null` where the answer had ended. */
  token: GeneratedToken | null;
  /** UTF-16 offset of the token in the answer. */
  offset: number;
  /** What this model gave the other side's token; `null` where it is not among the ten, or cannot be looked up. */
  other: { logProbability: number; rank: number } | null;
}

export interface Divergence {
  left: Choice;
  right: Choice;
  /** By ids; by the first character that differs where the tokenizers do. */
  by: 'ids' | 'text';
  /** Every model of which it is known gave the two tokens probabilities within a factor of two. `null`: none is known. */
  isNearTie: boolean | null;
}

const nearTieNats = Math.log(2);

/** `null` where both are the same. */
export function firstDivergence(left: Compared, right: Compared): Divergence | null {
  const byIds = left.tokenizerHash !== null && left.tokenizerHash === right.tokenizerHash;
  const places = byIds ? firstOtherId(left.tokens, right.tokens) : firstOtherText(left, right);
  if (places === null) return null;
  const [a, b] = [left.tokens[places.left] ?? null, right.tokens[places.right] ?? null];
  const choices = {
    left: choiceAt(left, places.left, byIds ? b : null),
    right: choiceAt(right, places.right, byIds ? a : null),
  };
  return { ...choices, by: byIds ? 'ids' : 'text', isNearTie: nearTie([choices.left, choices.right]) };
}

/** Start of token `index` in the text that the tokens make; the end of all for an index behind them. */
export function offsetOf(tokens: readonly GeneratedToken[], index: number): number {
  let offset = 0;
  for (const token of tokens.slice(0, index)) offset += token.text.length;
  return offset;
}

interface Places {
  left: number;
  right: number;
}

function firstOtherId(left: readonly GeneratedToken[], right: readonly GeneratedToken[]): Places | null {
  const shared = Math.min(left.length, right.length);
  for (let index = 0; index < shared; index++) {
    if (left[index]?.id !== right[index]?.id) return { left: index, right: index };
  }
  return left.length === right.length ? null : { left: shared, right: shared };
}

function firstOtherText(left: Compared, right: Compared): Places | null {
  if (left.text === right.text) return null;
  const shared = Math.min(left.text.length, right.text.length);
  let at = 0;
  while (at < shared && left.text[at] === right.text[at]) at++;
  return { left: tokenAt(left.tokens, at), right: tokenAt(right.tokens, at) };
}

/** The token that covers a UTF-16 unit; the number of tokens where none does. */
function tokenAt(tokens: readonly GeneratedToken[], offset: number): number {
  let end = 0;
  const index = tokens.findIndex(({ text }) => (end += text.length) > offset);
  return index === -1 ? tokens.length : index;
}

function choiceAt({ tokens }: Compared, index: number, other: GeneratedToken | null): Choice {
  const token = tokens[index] ?? null;
  const rank = token?.alternatives.findIndex(({ id }) => id === other?.id) ?? -1;
  const found = token?.alternatives[rank];
  return {
    index,
    token,
    offset: offsetOf(tokens, index),
    other: found === undefined ? null : { logProbability: found.logProbability, rank: rank + 1 },
  };
}

function nearTie(choices: readonly Choice[]): boolean | null {
  const gaps = choices.flatMap(({ token, other }) =>
    token === null || other === null ? [] : [Math.abs(token.logProbability - other.logProbability)],
  );
  return gaps.length === 0 ? null : gaps.every((gap) => gap <= nearTieNats);
}
