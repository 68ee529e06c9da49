import { describe, expect, it } from 'vitest';
import { lineStarts, segmentsOf, visibleUnits } from '../../../../../renderer/tokens/compare/aligned-lines.ts';

const linesOf = (text: string, columns: number) => {
  const starts = [...lineStarts(text, columns)];
  return starts.map((start, i) => text.slice(start, starts[i + 1]));
};

describe('lineStarts', () => {
  it.each([
    ['', 5, []],
    ['abcdefgh', 5, ['abcde', 'fgh']],
    ['ab\ncdefgh', 5, ['ab\n', 'cdefg', 'h']],
    ['ab😀cd', 3, ['ab', '😀c', 'd']],
    ['😀😀', 1, ['😀', '😀']],
    ['\n\n', 5, ['\n', '\n']],
  ])('%j in lines of %d', (text, columns, lines) => {
    expect(linesOf(text, columns)).toEqual(lines);
  });

  it('no longer begins a line after every break in a very long text', () => {
    expect(lineStarts('a\n'.repeat(300_000), 100)).toHaveLength(6_000);
  });
});

describe('segmentsOf', () => {
  // "ab|cde|f|f|gh": the two in the middle share a character.
  const ends = Uint32Array.from([2, 5, 6, 6, 8]);

  it('gives the tokens of a line, those that share a character as one', () => {
    expect(segmentsOf(ends, 0, 8)).toEqual([
      { start: 0, end: 2, token: 0, tokenCount: 1, isStart: true },
      { start: 2, end: 5, token: 1, tokenCount: 1, isStart: true },
      { start: 5, end: 6, token: 2, tokenCount: 2, isStart: true },
      { start: 6, end: 8, token: 4, tokenCount: 1, isStart: true },
    ]);
  });

  it('cuts a token at the borders of the line and says where it began', () => {
    expect(segmentsOf(ends, 3, 7)).toEqual([
      { start: 3, end: 5, token: 1, tokenCount: 1, isStart: false },
      { start: 5, end: 6, token: 2, tokenCount: 2, isStart: true },
      { start: 6, end: 7, token: 4, tokenCount: 1, isStart: true },
    ]);
    expect(segmentsOf(ends, 8, 12)).toEqual([]);
  });

  it('counts every token once over all lines', () => {
    const all = Uint32Array.from({ length: 300 }, (_, i) => Math.floor((i + 1) * 1.7));
    const length = all.at(-1) ?? 0;
    let sum = 0;
    for (let from = 0; from < length; from += 7)
      for (const { isStart, tokenCount } of segmentsOf(all, from, Math.min(from + 7, length)))
        if (isStart) sum += tokenCount;
    expect(sum).toBe(300);
  });
});

it('white space is shown unit by unit', () => {
  const text = 'a b\tc\n\u00a0';
  expect(visibleUnits(text)).toBe('a·b→c↵⍽');
  expect(visibleUnits(text)).toHaveLength(text.length);
});
