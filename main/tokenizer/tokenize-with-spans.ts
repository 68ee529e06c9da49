/** A text as the Tokens pane and the command line show it: ids with spans, pieces, counts, and what it decodes to. */
import { WorkbenchError } from '../contract/errors.ts';
import { tokenFlags, type Alteration } from '../contract/tokenisation.ts';
import type { TokenizedText } from '../contract/tokens.ts';
import { alignSpans } from './align-spans.ts';
import type { TokenColumns, TokenSlice } from './fast/index.ts';
import { textCounts } from './text-counts.ts';
import type { Tokenizer } from './tokenizer.ts';

/** UTF-16 units. More than this takes minutes and gigabytes in one piece. */
export const maximumTextLength = 8_000_000;

/** Control tokens in the text are read as such, as the library does; no `<s>` is added. @throws `FILE_TOO_LARGE` */
export async function tokenizeWithSpans(tokenizer: Tokenizer, text: string): Promise<TokenizedText> {
  checkTextLength(text);
  const columns = await tokenColumns(tokenizer, text, 'parse');
  const ids = Array.from(columns.ids);
  return {
    ids,
    starts: Array.from(columns.starts),
    ends: Array.from(columns.ends),
    insertedSpace: Array.from(columns.flags, (flags) => (flags & tokenFlags.insertedSpace) !== 0),
    vocabulary: [...new Set(ids)].map((id) => tokenizer.vocabularyEntry(id)),
    ...textCounts(text),
    decoded: tokenizer.decode(ids, { keepControlTokens: true }),
  };
}

/** Ids, spans and flags of a whole text. */
export async function tokenColumns(
  tokenizer: Tokenizer,
  text: string,
  controlTokens: 'parse' | 'as-text',
): Promise<TokenColumns> {
  const { fast } = tokenizer;
  return fast === null ? nativeColumns(tokenizer, text, controlTokens) : fast.encode(text, { controlTokens });
}

/** A whole text through the native library, in the form of the fast encoder's slices. */
export async function nativeSlice(tokenizer: Tokenizer, text: string): Promise<TokenSlice> {
  const columns = await nativeColumns(tokenizer, text, 'parse');
  const decoded = tokenizer.decode(Array.from(columns.ids), { keepControlTokens: true });
  return { ...columns, start: 0, end: text.length, alterations: alterationBetween(text, decoded) };
}

async function nativeColumns(
  tokenizer: Tokenizer,
  text: string,
  controlTokens: 'parse' | 'as-text',
): Promise<TokenColumns> {
  const encoding = await tokenizer.encoding(text, { controlTokens });
  const ids = encoding.getIds();
  const offsets = encoding.getOffsets();
  const unitOf = codePointToUnit(text);
  const vocabulary = new Map([...new Set(ids)].map((id) => [id, tokenizer.vocabularyEntry(id)]));
  const { starts, ends, insertedSpace } = alignSpans(text, ids.length, (i) => {
    const entry = vocabulary.get(ids[i] ?? -1) ?? { piece: '', kind: 'normal' };
    const [start = 0, end = 0] = offsets[i] ?? [];
    return { piece: entry.piece, kind: entry.kind, start: unitOf(start), end: unitOf(end) };
  });
  return {
    ids: Int32Array.from(ids),
    starts: Int32Array.from(starts),
    ends: Int32Array.from(ends),
    flags: Uint8Array.from(insertedSpace, (inserted) => (inserted ? tokenFlags.insertedSpace : 0)),
  };
}

/** From the first difference to the last, as one. */
function alterationBetween(text: string, decoded: string): Alteration[] {
  if (text === decoded) return [];
  const shorter = Math.min(text.length, decoded.length);
  let start = 0;
  while (start < shorter && text[start] === decoded[start]) start++;
  let after = 0;
  while (after < shorter - start && text.at(-1 - after) === decoded.at(-1 - after)) after++;
  const becomes = decoded.slice(start, decoded.length - after);
  return [{ start, end: text.length - after, reason: 'other', becomes }];
}

/** @throws WorkbenchError `FILE_TOO_LARGE` */
export function checkTextLength(text: string): void {
  if (text.length > maximumTextLength) {
    throw new WorkbenchError(
      'FILE_TOO_LARGE',
      `The text has ${text.length} characters; at most ${maximumTextLength} are tokenised at once.`,
      { action: 'Tokenise a part of it.', details: { characters: text.length, limit: maximumTextLength } },
    );
  }
}

const surrogatePair = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g;

/** Code point index to UTF-16 index; the index after the last character included. */
function codePointToUnit(text: string): (codePoint: number) => number {
  const pairs: number[] = [];
  for (const match of text.matchAll(surrogatePair)) pairs.push(match.index - pairs.length);
  if (pairs.length === 0) return (codePoint) => codePoint;
  return (codePoint) => codePoint + countBelow(pairs, codePoint);
}

/** How many values of an ascending list are below `limit`. */
function countBelow(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
