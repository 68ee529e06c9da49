import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyAlterations } from '../../../main/tokenizer/index.ts';
import { textDifferences } from '../../../main/tokenizer/text-differences.ts';

describe('textDifferences', () => {
  it.each<[string, string, [number, number, string, string][]]>([
    ['the same', 'the same', []],
    ['a\r\nb', 'a\nb', [[1, 2, 'carriage-return', '']]],
    ['a\0b', 'ab', [[1, 2, 'nul', '']]],
    ['  a long text', 'a long text', [[0, 2, 'leading-spaces', '']]],
    ['( a long text', '(a long text', [[1, 2, 'swallowed-space', '']]],
    ['Bonjour', ' Bonjour', [[0, 0, 'added-space', ' ']]],
    ['dix\u00a0mille hommes', 'dix mille hommes', [[3, 4, 'no-break-space', ' ']]],
    ['un cafe\u0301 noir', 'un café noir', [[6, 8, 'composed', 'é']]],
    ['un ▁ de trop', 'un   de trop', [[3, 4, 'typed-metaspace', ' ']]],
    ['half \ud800 of it', 'half \ufffd of it', [[5, 6, 'lone-surrogate', '\ufffd']]],
    [
      'Hello World',
      'hello world',
      [
        [0, 1, 'other', 'h'],
        [6, 7, 'other', 'w'],
      ],
    ],
    ['all of it', '', [[0, 9, 'other', '']]],
  ])('tells %j from %j', (text, decoded, expected) => {
    const found = textDifferences(text, decoded);
    expect(found.map(({ start, end, reason, becomes }) => [start, end, reason, becomes])).toEqual(expected);
  });

  it('always leads from the one text to the other, in order', () => {
    const texts = fc
      .array(fc.constantFrom('a', 'b', ' ', 'é', 'long word ', '\n', '😀'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, texts, texts, (shared, one, other) => {
        const [text, decoded] = [one + shared + other, other + shared + one];
        expect(applyAlterations(text, textDifferences(text, decoded))).toBe(decoded);
      }),
      { numRuns: 500 },
    );
  });

  it('gives up at once where nothing agrees, whatever the length', () => {
    expect(textDifferences('a'.repeat(1_000_000), 'b'.repeat(1_000_000))).toHaveLength(1);
  });
});
