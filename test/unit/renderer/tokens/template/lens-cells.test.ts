import { expect, it } from 'vitest';
import { lineAndColumn, textSegments, type Rendered } from '../../../../../renderer/tokens/template/lens-cells.ts';

const rendered: Rendered = {
  kind: 'rendered',
  text: '<s>user fin<e>!',
  runs: [
    { start: 0, end: 3, origin: 'control', turn: null },
    { start: 3, end: 8, origin: 'template', turn: null },
    { start: 8, end: 15, origin: 'content', turn: 0 },
  ],
  ids: [],
  starts: [],
  ends: [],
  vocabulary: [],
  typedControlTokens: [{ turn: 0, start: 11, end: 14, id: 1, content: '<e>' }],
  changesContents: false,
};

it('cuts the text where its origin changes, around typed control tokens and what is lit', () => {
  const segments = textSegments(rendered, { start: 7, end: 9 });
  expect(segments.map(({ text }) => text)).toEqual(['<s>', 'user', ' ', 'f', 'in', '<e>', '!']);
  expect(segments.filter(({ isLit }) => isLit).map(({ text }) => text)).toEqual([' ', 'f']);
  expect(segments.filter(({ isTyped }) => isTyped).map(({ text }) => text)).toEqual(['<e>']);
});

it('counts lines and columns from 1', () => {
  expect(lineAndColumn('a\nbc', 0)).toEqual({ line: 1, column: 1 });
  expect(lineAndColumn('a\r\nbc', 4)).toEqual({ line: 2, column: 2 });
});
