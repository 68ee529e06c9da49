/** A text as the Tokens pane and the command line show it: ids with spans, pieces, counts, and what it decodes to. */
import { WorkbenchError } from '../contract/errors.ts';
import type { TokenizedText } from '../contract/tokens.ts';
import { alignSpans, type Spans } from './align-spans.ts';
import { countWords } from './count-words.ts';
import { tokenFlag, type FastEncoder } from './fast/index.ts';
import type { Tokenizer } from './tokenizer.ts';

/** UTF-16 units. More than this takes minutes and gigabytes in one piece. */
export const maximumTextLength = 8_000_000;

/** Control tokens in the text are read as such, as the library does; no `<s>` is added. @throws `FILE_TOO_LARGE` */
export async function tokenizeWithSpans(tokenizer: Tokenizer, text: string): Promise<TokenizedText> {
  checkTextLength(text);
  const { ids, ...spans } =
    tokenizer.fast === null ? await nativeSpans(tokenizer, text) : fastSpans(tokenizer.fast, text);
  const distinct = [...new Set(ids)];
  return {
    ids,
    ...spans,
    vocabulary: distinct.map((id) => tokenizer.vocabularyEntry(id)),
    characterCount: countCodePoints(text),
    wordCount: countWords(text),
    utf8ByteCount: Buffer.byteLength(text, 'utf8'),
    decoded: tokenizer.decode(ids, { keepControlTokens: true }),
  };
}

type IdsAndSpans = Spans & { ids: number[] };

function fastSpans(fast: FastEncoder, text: string): IdsAndSpans {
  const { ids, starts, ends, flags } = fast.encode(text, { controlTokens: 'parse' });
  return {
    ids: Array.from(ids),
    starts: Array.from(starts),
    ends: Array.from(ends),
    insertedSpace: Array.from(flags, (flag) => (flag & tokenFlag.insertedSpace) !== 0),
  };
}

async function nativeSpans(tokenizer: Tokenizer, text: string): Promise<IdsAndSpans> {
  const encoding = await tokenizer.encoding(text, { controlTokens: 'parse' });
  const ids = encoding.getIds();
  const offsets = encoding.getOffsets();
  const unitOf = codePointToUnit(text);
  const vocabulary = new Map([...new Set(ids)].map((id) => [id, tokenizer.vocabularyEntry(id)]));
  const spans = alignSpans(text, ids.length, (i) => {
    const entry = vocabulary.get(ids[i] ?? -1) ?? { piece: '', kind: 'normal' };
    const [start = 0, end = 0] = offsets[i] ?? [];
    return { piece: entry.piece, kind: entry.kind, start: unitOf(start), end: unitOf(end) };
  });
  return { ids, ...spans };
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

function countCodePoints(text: string): number {
  let pairs = 0;
  for (const _ of text.matchAll(surrogatePair)) pairs++;
  return text.length - pairs;
}

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
