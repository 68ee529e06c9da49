/** From offsets of a text to lines and columns, for marks that come in order: the editor's own search is made once a line, not twice a mark. */
import type { TextMark } from './marks.ts';

export interface LineSource {
  getLineCount(): number;
  /** Counted from 1, without the line end. */
  getLineLength(line: number): number;
  getOffsetAt(position: { lineNumber: number; column: number }): number;
  getPositionAt(offset: number): { lineNumber: number; column: number };
}

/** A mark or a part of it; it covers the line end after it where `endsLine`. */
export interface PlacedMark {
  readonly startLineNumber: number;
  readonly startColumn: number;
  readonly endLineNumber: number;
  readonly endColumn: number;
  readonly className: string;
  readonly lineEndClassName: string | undefined;
}

/** Marks in the order of their starts, cut at line ends. */
export function placeMarks(lines: LineSource, marks: readonly TextMark[]): PlacedMark[] {
  const placed: PlacedMark[] = [];
  const first = marks[0];
  if (first === undefined) return placed;
  const lineCount = lines.getLineCount();
  let line = lines.getPositionAt(first.start).lineNumber;
  let lineStart = lines.getOffsetAt({ lineNumber: line, column: 1 });
  let contentEnd = lineStart + lines.getLineLength(line);
  let nextStart = startAfter(line);
  for (const mark of marks) {
    while (mark.start >= nextStart) step();
    const kept = [line, lineStart, contentEnd, nextStart] as const;
    for (;;) {
      const start = Math.max(mark.start, lineStart);
      const end = Math.min(mark.end, contentEnd);
      const coversLineEnd = mark.end > contentEnd && line < lineCount;
      if (end > start || coversLineEnd) {
        placed.push({
          startLineNumber: line,
          startColumn: Math.min(start, contentEnd) - lineStart + 1,
          endLineNumber: line,
          endColumn: Math.max(Math.min(start, contentEnd), end) - lineStart + 1,
          className: mark.className,
          lineEndClassName: coversLineEnd ? mark.lineEndClassName : undefined,
        });
      }
      if (mark.end <= nextStart) break;
      step();
    }
    // The next mark may begin on the line where this one began.
    [line, lineStart, contentEnd, nextStart] = kept;
  }
  return placed;

  function step(): void {
    line += 1;
    lineStart = nextStart;
    contentEnd = lineStart + lines.getLineLength(line);
    nextStart = startAfter(line);
  }

  function startAfter(of: number): number {
    return of < lineCount ? lines.getOffsetAt({ lineNumber: of + 1, column: 1 }) : Number.POSITIVE_INFINITY;
  }
}
