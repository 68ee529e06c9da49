/** What FTS5 found, out of the text in which it marked it. */
import type { MarkedText } from '../../contract/chat-history.ts';

/** Noncharacters, which Unicode keeps for use within a program: no text that is interchanged has them. */
export const markStart = '\u{FDD0}';
export const markEnd = '\u{FDD1}';

/** On one line: runs of white space become one space. */
export function readMarks(marked: string): MarkedText {
  const marks: [number, number][] = [];
  let text = '';
  let start: number | null = null;
  for (const [piece] of marked.trim().matchAll(/\s+|[\u{FDD0}\u{FDD1}]|[^\s\u{FDD0}\u{FDD1}]+/gu)) {
    if (piece === markStart) start = text.length;
    else if (piece === markEnd) {
      if (start !== null && text.length > start) marks.push([start, text.length]);
      start = null;
    } else text += /^\s/u.test(piece) ? ' ' : piece;
  }
  return { text, marks };
}
