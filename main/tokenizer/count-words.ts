/**
 * Words as the Lucie paper counts them for fertility: the pieces of Python's `str.split()`. Its white space
 * (`str.isspace`: bidirectional class WS, B or S, or category Zs) is not that of JavaScript's `\s`.
 */
const ranges = [
  [0x09, 0x0d],
  [0x1c, 0x20],
  [0x85, 0x85],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
] as const;

const whiteSpace = new Set(ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => from + i)));

/** `unit` is a UTF-16 unit; all white space is in the basic plane. */
export function isWhiteSpace(unit: number): boolean {
  return whiteSpace.has(unit);
}

export function countWords(text: string): number {
  let words = 0;
  let inWord = false;
  for (let i = 0; i < text.length; i++) {
    const isSpace = isWhiteSpace(text.charCodeAt(i));
    if (!isSpace && !inWord) words++;
    inWord = !isSpace;
  }
  return words;
}
