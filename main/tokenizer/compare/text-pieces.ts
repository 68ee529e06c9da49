/**
 * A text of any length in pieces that fit into memory. It is cut where tokens hardly know of each other: after a line break before a
 * letter (Lucie's normaliser puts a space there, as at the start of a text: the tokens are those of the whole), else after a line break,
 * else after white space. In another tokenizer a piece may have a token more than the whole text has there.
 */
import { WorkbenchError } from '../../contract/errors.ts';
import { isWhiteSpace } from '../white-space.ts';

/** UTF-16 units. The native library takes seconds for a million, and cannot be stopped on the way. */
export const longestPiece = 500_000;

/** So far before the last line break that fits another one is looked for that stands before a letter. */
const furthestLetter = 20_000;
const letter = /^\p{L}/u;

/** @throws WorkbenchError `FILE_UNREADABLE` with `reason` `not-utf8`, after the pieces that could be read. */
export async function* textPieces(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  longest = longestPiece,
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (chunk: Uint8Array) => decoded(name, () => decoder.decode(chunk, { stream: true }));
  let text = '';
  for await (const chunk of chunks) {
    text += decode(chunk);
    while (text.length > longest) {
      const end = pieceEnd(text, longest);
      yield text.slice(0, end);
      text = text.slice(end);
    }
  }
  text += decoded(name, () => decoder.decode());
  if (text !== '') yield text;
}

function decoded(name: string, decode: () => string): string {
  try {
    return decode();
  } catch (cause) {
    throw new WorkbenchError('FILE_UNREADABLE', `${name} is not text in UTF-8.`, {
      action: 'Convert it to UTF-8, or leave it out.',
      details: { name, reason: 'not-utf8' },
      cause,
    });
  }
}

/** In `text`, which is longer than `longest`. */
function pieceEnd(text: string, longest: number): number {
  const line = text.lastIndexOf('\n', longest - 1) + 1;
  const nearest = Math.max(line - furthestLetter, 2);
  for (let end = line; end >= nearest; end = text.lastIndexOf('\n', end - 2) + 1) {
    if (letter.test(text.slice(end, end + 2))) return end;
  }
  if (line > 0) return line;
  let end = longest;
  while (end > 0 && !isWhiteSpace(text.charCodeAt(end - 1))) end--;
  if (end > 0) return end;
  const last = text.charCodeAt(longest - 1);
  return last >= 0xd800 && last <= 0xdbff ? longest - 1 : longest;
}
