/** A text cut at the borders of marked ranges, in order: nothing is lost, nothing is there twice. */
import type { MatchedRange } from './fuzzy-match.ts';

export interface TextPart {
  readonly text: string;
  readonly isMarked: boolean;
}

/** `ranges` in order, without overlap; UTF-16 units. */
export function markedParts(text: string, ranges: readonly MatchedRange[]): TextPart[] {
  const parts: TextPart[] = [];
  let done = 0;
  for (const { start, end } of ranges) {
    parts.push({ text: text.slice(done, start), isMarked: false }, { text: text.slice(start, end), isMarked: true });
    done = end;
  }
  parts.push({ text: text.slice(done), isMarked: false });
  return parts.filter((part) => part.text !== '');
}
