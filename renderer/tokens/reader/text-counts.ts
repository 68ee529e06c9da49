/** How much a part of a text is, in all the units that tokenizers are compared by. */
import type { TokenColumns } from '../token-columns.ts';
import { firstAfter } from './shown-tokens.ts';

export interface TextCounts {
  readonly tokens: number;
  /** Unicode code points. */
  readonly characters: number;
  /** Whitespace-separated, as the Lucie paper counts fertility. */
  readonly words: number;
  readonly utf8Bytes: number;
}

/** Tokens that reach into the part are counted whole. */
export function countsOf(text: string, tokens: TokenColumns, start: number, end: number): TextCounts {
  const [first, last] = tokensIn(tokens, start, end);
  const part = text.slice(start, end);
  return {
    tokens: last - first,
    characters: codePoints(part),
    words: part.match(/\S+/g)?.length ?? 0,
    utf8Bytes: utf8Length(part),
  };
}

/** The indices of the tokens that reach into a part of the text, the second excluded. */
export function tokensIn(tokens: TokenColumns, start: number, end: number): [number, number] {
  const first = firstAfter(tokens.ends, start, tokens.count);
  // Starts are whole numbers: the first that is not below `end` is the first above `end - 1`.
  const last = end === 0 ? first : firstAfter(tokens.starts, end - 1, tokens.count);
  return [first, Math.max(first, last)];
}

function codePoints(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) if (!isLowHalf(text, i)) count += 1;
  return count;
}

/** Half a pair alone counts as U+FFFD does, which an encoder writes for it. */
export function utf8Length(text: string): number {
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) length += 1;
    else if (unit < 0x800) length += 2;
    else if (isLowHalf(text, i)) length += 1;
    else length += 3;
  }
  return length;
}

/** The second unit of a pair: together they are one code point of four bytes. */
function isLowHalf(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  const before = text.charCodeAt(index - 1);
  return unit >= 0xdc00 && unit <= 0xdfff && before >= 0xd800 && before <= 0xdbff;
}
