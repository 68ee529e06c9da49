import { describe, expect, it } from 'vitest';
import { countsOf, tokensIn, utf8Length } from '../../../../../renderer/tokens/reader/text-counts.ts';
import { cutText } from './cut-text.ts';

const text = 'un été 😀 là';
const { tokens } = cutText(text);

describe('countsOf', () => {
  it('counts the whole text', () => {
    const utf8Bytes = new TextEncoder().encode(text).length;
    expect(countsOf(text, tokens, 0, text.length)).toEqual({ tokens: 4, characters: 11, words: 4, utf8Bytes });
  });

  it('counts whole the tokens that a part reaches into', () => {
    expect(countsOf(text, tokens, 4, 5)).toEqual({ tokens: 1, characters: 1, words: 1, utf8Bytes: 1 });
    expect(tokensIn(tokens, 1, 4)).toEqual([0, 2]);
    expect(tokensIn(tokens, 2, 2)).toEqual([1, 1]);
    expect(tokensIn(tokens, 0, 0)).toEqual([0, 0]);
  });
});

it.each(['', 'abc', 'éü', '漢', '😀😀', '\uD83D', '\uDE00', 'a\uDE00\uD83D😀'])(
  'utf8Length of %j is what an encoder writes',
  (part) => expect(utf8Length(part)).toBe(new TextEncoder().encode(part).length),
);
