/**
 * Turns the library's offsets into spans that a person can read in the text.
 *
 * As they come, offsets overlap and leave holes: a space that Lucie's normaliser inserted carries the offsets of the
 * punctuation before it (`l'été`: `▁été` covers `'été`), the one it prepends those of the character after it, and a
 * character that NFC composed covers its first code point only. Here every token begins where the one before ended; a hole
 * goes to the token before it, unless it holds only characters that the normaliser deletes.
 */
import type { TokenKind } from '../contract/tokens.ts';

export interface Spans {
  starts: number[];
  ends: number[];
  insertedSpace: boolean[];
}

export interface LocatedToken {
  piece: string;
  kind: TokenKind;
  /** As the library gives them, in UTF-16 units. */
  start: number;
  end: number;
}

export function alignSpans(text: string, count: number, tokenAt: (index: number) => LocatedToken): Spans {
  const spans: Spans = { starts: [], ends: [], insertedSpace: [] };
  /** The text before this index belongs to a token, or was deleted. */
  let covered = 0;
  let previous: LocatedToken | null = null;
  for (let i = 0; i < count; i++) {
    const token = tokenAt(i);
    if (previous !== null && sharesCharacter(previous, token)) {
      push(spans, spans.starts[i - 1] ?? 0, covered, false);
      continue;
    }
    let start = Math.max(token.start, covered);
    if (!isDeleted(text, covered, start)) {
      if (previous === null) start = covered;
      else stretchLast(spans, covered, start);
    }
    const leading = token.kind === 'normal' ? leadingSpaces(token.piece) : 0;
    const end = Math.max(start, token.end);
    const found = spacesOf(text, start, end, leading);
    covered = leading === token.piece.length ? found.end : end;
    push(spans, start, covered, found.count < leading);
    previous = token;
  }
  if (count > 0 && !isDeleted(text, covered, text.length)) stretchLast(spans, covered, text.length);
  return spans;
}

function push(spans: Spans, start: number, end: number, insertedSpace: boolean): void {
  spans.starts.push(start);
  spans.ends.push(end);
  spans.insertedSpace.push(insertedSpace);
}

/** The bytes of one character: byte tokens with the same offsets. */
function sharesCharacter(a: LocatedToken, b: LocatedToken): boolean {
  return a.kind === 'byte' && b.kind === 'byte' && a.start === b.start && a.end === b.end;
}

/** Moves the end of the last token, and of those that share its character, from `from` to `to`. */
function stretchLast(spans: Spans, from: number, to: number): void {
  const start = spans.starts.at(-1);
  for (let i = spans.ends.length - 1; i >= 0 && spans.starts[i] === start && spans.ends[i] === from; i--) {
    spans.ends[i] = to;
    if (start === from) return;
  }
}

/** True where the range is empty or holds only what Lucie's normaliser deletes: CR and NUL. */
function isDeleted(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (!isDeletedAt(text, i)) return false;
  return true;
}

function isDeletedAt(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit === 0x0d || unit === 0x00;
}

function leadingSpaces(piece: string): number {
  let count = 0;
  while (piece[count] === '▁') count++;
  return count;
}

/** How many of the `wanted` leading spaces of a token are in the text, and where they end. */
function spacesOf(text: string, start: number, end: number, wanted: number): { count: number; end: number } {
  let count = 0;
  let after = start;
  for (let i = start; i < end && count < wanted; i++) {
    if (isDeletedAt(text, i)) continue;
    if (!' \u00a0▁'.includes(text.charAt(i))) break;
    count++;
    after = i + 1;
  }
  return { count, end: after };
}
