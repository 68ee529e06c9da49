/** A text in lines of so many characters, and the tokens of a line: the same characters stand in one line for every tokenizer. */

/** Beyond this length, line breaks of the text no longer begin a line: a million short lines could not be scrolled. */
const longestBrokenText = 400_000;

/** Where lines begin, in UTF-16 units; no line begins within a surrogate pair. */
export function lineStarts(text: string, columns: number): Uint32Array {
  const breaks = text.length <= longestBrokenText;
  const starts: number[] = [];
  let newline = breaks ? text.indexOf('\n') : -1;
  for (let start = 0; start < text.length;) {
    starts.push(start);
    let end = Math.min(start + Math.max(columns, 2), text.length);
    if (newline !== -1 && newline < start) newline = text.indexOf('\n', start);
    if (newline !== -1 && newline < end) end = newline + 1;
    const last = text.charCodeAt(end - 1);
    if (end < text.length && last >= 0xd800 && last <= 0xdbff) end--;
    start = end;
  }
  return Uint32Array.from(starts);
}

/** The part of a token, or of tokens that share their characters, that lies in a line. */
export interface LineSegment {
  readonly start: number;
  readonly end: number;
  /** Place of the first of the tokens in the text. */
  readonly token: number;
  /** More than 1 where the bytes of these characters are several tokens. */
  readonly tokenCount: number;
  /** The token begins here, not on the line before. */
  readonly isStart: boolean;
}

/** `ends` are where tokens end, never decreasing; beyond the last one there is no segment. */
export function segmentsOf(ends: Uint32Array, from: number, to: number): LineSegment[] {
  const segments: LineSegment[] = [];
  let token = firstAbove(ends, from);
  let begin = token === 0 ? 0 : (ends[token - 1] ?? 0);
  while (token < ends.length && begin < to) {
    const end = ends[token] ?? 0;
    let next = token + 1;
    while (next < ends.length && ends[next] === end) next++;
    segments.push({
      start: Math.max(begin, from),
      end: Math.min(end, to),
      token,
      tokenCount: next - token,
      isStart: begin >= from,
    });
    begin = end;
    token = next;
  }
  return segments;
}

/** The first place whose value is above `limit`. */
function firstAbove(ascending: Uint32Array, limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

const shownAs: Record<string, string> = { ' ': '·', '\n': '↵', '\t': '→', '\r': '␍', '\0': '␀', '\u00a0': '⍽' };

/** White space as characters of the same width, so that cuts of all rows stay below each other. */
export function visibleUnits(text: string): string {
  return text.replace(/[ \n\t\r\0\u00a0]/g, (unit) => shownAs[unit] ?? unit);
}
