import { describe, expect, it } from 'vitest';
import { placeMarks, type LineSource } from '../../../../renderer/editor/marked-lines.ts';

/** The lines of a text, found by walking it. */
function linesOf(text: string): LineSource {
  const lines = text.split(/\r?\n/);
  const lineEnd = text.includes('\r\n') ? 2 : 1;
  const startOf = (line: number) => lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + lineEnd, 0);
  return {
    getLineCount: () => lines.length,
    getLineLength: (line) => lines[line - 1]?.length ?? 0,
    getOffsetAt: ({ lineNumber, column }) => startOf(lineNumber) + column - 1,
    getPositionAt: (offset) => {
      let line = 1;
      while (line < lines.length && startOf(line + 1) <= offset) line += 1;
      return { lineNumber: line, column: offset - startOf(line) + 1 };
    },
  };
}

const place = (text: string, marks: [number, number][]) =>
  placeMarks(
    linesOf(text),
    marks.map(([start, end]) => ({ start, end, className: 'a', lineEndClassName: 'end' })),
  ).map(({ startLineNumber, startColumn, endColumn, lineEndClassName }) => [
    startLineNumber,
    startColumn,
    endColumn,
    lineEndClassName !== undefined,
  ]);

describe('placeMarks', () => {
  it('places marks on their lines', () => {
    expect(
      place('ab cd\nef', [
        [0, 2],
        [3, 5],
        [6, 8],
      ]),
    ).toEqual([
      [1, 1, 3, false],
      [1, 4, 6, false],
      [2, 1, 3, false],
    ]);
  });

  it('cuts a mark at a line end and tells that it covers it', () => {
    expect(
      place('ab\n\ncd', [
        [0, 4],
        [4, 6],
      ]),
    ).toEqual([
      [1, 1, 3, true],
      [2, 1, 1, true],
      [3, 1, 3, false],
    ]);
  });

  it('counts a line end of two units once', () => {
    expect(
      place('ab\r\ncd', [
        [0, 2],
        [2, 4],
        [4, 6],
      ]),
    ).toEqual([
      [1, 1, 3, false],
      [1, 3, 3, true],
      [2, 1, 3, false],
    ]);
  });

  it('goes back for a mark that begins where a longer one does', () => {
    expect(
      place('ab\ncd', [
        [0, 5],
        [0, 1],
      ]),
    ).toEqual([
      [1, 1, 3, true],
      [2, 1, 3, false],
      [1, 1, 2, false],
    ]);
  });

  it('places nothing where there is nothing', () => {
    expect(place('', [])).toEqual([]);
    expect(place('ab', [[1, 1]])).toEqual([]);
  });
});
