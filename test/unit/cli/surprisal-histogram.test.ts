import { expect, test } from 'vitest';
import { SurprisalHistogram } from '../../../main/cli/surprisal-histogram.ts';

function histogramOf(...bits: number[]): SurprisalHistogram {
  const histogram = new SurprisalHistogram();
  for (const value of bits) histogram.add(value);
  return histogram;
}

test('a bin for each bit, empty ones between, bars in proportion to the longest', () => {
  expect(histogramOf(0, 0.4, 0.999, 0.1, 1, 3.2, 3.9).lines(41)).toEqual([
    ' bits  tokens   share',
    '  0-1       4   57.1%  ██████████████████',
    '  1-2       1   14.3%  █████',
    '  2-3       0    0.0%',
    '  3-4       2   28.6%  █████████',
  ]);
});

test('what is above the last bin is in it, and a token that was certain in the first', () => {
  const lines = histogramOf(-0, 19.99, 20, 64).lines(80);
  expect(lines).toHaveLength(22);
  expect(lines[1]).toMatch(/^ {2}0-1 +1 /);
  expect(lines[20]).toMatch(/^19-20 +1 /);
  expect(lines[21]).toMatch(/^ {2}20\+ +2 /);
});

test('one of very many is still seen, in a narrow terminal too', () => {
  const lines = histogramOf(...new Array<number>(100_000).fill(0.5), 2).lines(10);
  expect(lines[1]).toMatch(/ █{10}$/);
  expect(lines[3]).toMatch(/ █$/);
});

test('without tokens there is nothing to show', () => {
  expect(histogramOf().lines(80)).toEqual([]);
});
