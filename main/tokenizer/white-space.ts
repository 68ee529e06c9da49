/**
 * What stands between words, as the Lucie paper counts these for fertility: they are the pieces of Python's `str.split()`. Its white
 * space (`str.isspace`: bidirectional class WS, B or S, or category Zs) is not that of JavaScript's `\s`.
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

const isSpace = new Uint8Array(0x10000);
for (const [first, last] of ranges) isSpace.fill(1, first, last + 1);

/** `unit` is a UTF-16 unit; all white space is in the basic plane. */
export function isWhiteSpace(unit: number): boolean {
  return isSpace[unit] === 1;
}
