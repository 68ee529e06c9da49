import { describe, expect, it } from 'vitest';
import { textPieces } from '../../../../main/tokenizer/compare/text-pieces.ts';

/** As a file is read: in chunks that do not care for characters. */
async function* chunksOf(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

async function piecesOf(text: string, longest: number, chunkLength = 3): Promise<string[]> {
  const pieces: string[] = [];
  for await (const piece of textPieces(chunksOf(Buffer.from(text), chunkLength), 'x', longest)) pieces.push(piece);
  return pieces;
}

describe('textPieces', () => {
  it.each([
    ['after the last line break', 'un\ndeux\ntrois quatre', 10, ['un\ndeux\n', 'trois ', 'quatre']],
    [
      'after a line break before a letter where there is one',
      'un\ndeux\n« trois »',
      10,
      ['un\n', 'deux\n', '« trois »'],
    ],
    ['after an empty first line', '\n« trois » mots', 8, ['\n', '« trois ', '» mots']],
    ['after white space where there is no line break', 'abc def ghi', 5, ['abc ', 'def ', 'ghi']],
    ['anywhere where there is neither', 'abcdefg', 3, ['abc', 'def', 'g']],
    ['never within a pair of surrogates', '😀😀😀', 3, ['😀', '😀', '😀']],
  ])('cuts %s', async (_name, text, longest, pieces) => {
    expect(await piecesOf(text, longest)).toEqual(pieces);
  });

  it('gives back the text, whatever the chunks', async () => {
    const text = 'l’été, « 20 % »\n\n😀 œuvre '.repeat(40);
    for (const chunkLength of [1, 2, 7, 4_096]) {
      const pieces = await piecesOf(text, 50, chunkLength);
      expect(pieces.join('')).toBe(text);
      expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(50);
    }
  });

  it('leaves out a byte order mark, and gives nothing for nothing', async () => {
    expect(await piecesOf('\ufeffabc', 10)).toEqual(['abc']);
    expect(await piecesOf('', 10)).toEqual([]);
  });

  it.each([
    ['Latin 1', Buffer.from('été', 'latin1')],
    ['a character cut at the end', Buffer.from('é').subarray(0, 1)],
  ])('refuses %s', async (_name, bytes) => {
    const all = async () => {
      for await (const _ of textPieces(chunksOf(bytes, 2), 'notes.txt')) continue;
    };
    await expect(all()).rejects.toMatchObject({ code: 'FILE_UNREADABLE', details: { reason: 'not-utf8' } });
  });
});
