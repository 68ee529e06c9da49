/** The figures of a comparison, from counts; `null` where there is nothing to divide by, or no count. */
import type { TextCounts } from '../../../main/contract/comparison.ts';

export interface Figures {
  readonly tokens: number;
  readonly tokensPerWord: number | null;
  readonly charactersPerToken: number | null;
  readonly bytesPerToken: number | null;
}

export function figuresOf(counts: TextCounts, tokens: number): Figures {
  return {
    tokens,
    tokensPerWord: ratio(tokens, counts.wordCount),
    charactersPerToken: ratio(counts.characterCount, tokens),
    bytesPerToken: ratio(counts.utf8ByteCount, tokens),
  };
}

/** How much more (or less, negative) than the first: 0.12 is 12 % more. */
export function differenceFrom(first: number | null, value: number): number | null {
  return first === null || first === 0 ? null : value / first - 1;
}

function ratio(value: number, of: number): number | null {
  return of === 0 ? null : value / of;
}
