import { expect, it } from 'vitest';
import { mergeNodes, mergeRows, type Merges } from '../../../../../renderer/tokens/steps/merge-steps.ts';

const piece = (text: string, id: number) => ({ id, piece: text });
const merges: Merges = {
  kind: 'merges',
  initial: [piece('a', 1), piece('b', 2), piece('c', 3), piece('d', 4)],
  merges: [
    { rank: 7, at: 2, result: piece('cd', 5) },
    { rank: 9, at: 0, result: piece('ab', 6) },
    { rank: 20, at: 0, result: piece('abcd', 7) },
  ],
};

it('gives the pieces after each merge', () => {
  expect(mergeRows(merges).map((row) => row.map((node) => node.piece))).toEqual([
    ['a', 'b', 'c', 'd'],
    ['a', 'b', 'cd'],
    ['ab', 'cd'],
    ['abcd'],
  ]);
});

it('makes a tree: parts below, in the middle above them', () => {
  const nodes = mergeNodes(mergeRows(merges));
  expect(nodes).toHaveLength(7);
  expect(nodes.at(-1)).toMatchObject({ piece: 'abcd', step: 3, rank: 20, x: 1.5, level: 2 });
  expect(nodes.find((node) => node.piece === 'cd')).toMatchObject({ step: 1, x: 2.5, level: 1 });
});

it('refuses a merge outside of the pieces', () => {
  const broken = { ...merges, merges: [{ rank: 0, at: 3, result: piece('?', 0) }] };
  expect(() => mergeRows(broken)).toThrow(RangeError);
});
