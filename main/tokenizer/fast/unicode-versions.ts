/**
 * Where the native library's Unicode data is older than the JavaScript engine's.
 *
 * tokenizers 0.23.2 composes with tables of Unicode 9 and matches `\w` with tables of Unicode 16; an engine of today has
 * Unicode 17. Characters that came in between must be treated as the library treats them: for NFC as characters that neither
 * combine nor have an order, for `\w` as no word. Found by asking the library about every code point;
 * test/parity/tokenizer/unicode.test.ts asks again.
 */

/** They are in `[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}]`, and no `\w` to the library. */
const notWord =
  '88f c5c cdc 1acf-1add 1ae0-1aeb a7ce-a7cf a7d2 a7d4 a7f1 10940-10959 10ec5-10ec7 10efa-10efb 11b60-11b67 11db0-11ddb ' +
  '11de0-11de9 16ea0-16eb8 16ebb-16ed3 16ff2-16ff6 187f8-187ff 18d09-18d1e 18d80-18df2 1e6c0-1e6de 1e6e0-1e6f5 ' +
  '1e6fe-1e6ff 2b73a-2b73f 2cea2-2cead 323b0-33479';

/** They combine, or have an order among marks, and stay as they are to the library. */
const notComposed =
  '7fd 897-89f 8ca-8d3 9fe c3c d3b-d3c eba 1715 1abf-1add 1ae0-1aeb 1df6-1dfa a82c 105c9 105d2 105da 105e4 10d24-10d27 ' +
  '10d69-10d6d 10eab-10eac 10efa-10efb 10efd-10eff 10f46-10f50 10f82-10f85 11070 1133b 11380-113e2 1145e 11839-1183a ' +
  '11930-11946 119e0 11a34 11a47 11a99 11d42 11d44-11d45 11d97 11f41-11f42 16100-1612f 16d63-16d6a 16ff0-16ff1 1e08f ' +
  '1e130-1e136 1e2ae 1e2ec-1e2ef 1e4ec-1e4ef 1e5ee-1e5ef 1e6e3 1e6e6 1e6ee-1e6ef 1e6f5';

/** Code points of ranges written in hexadecimal: `1a-2b 3c`. */
function codePointsOf(ranges: string): ReadonlySet<number> {
  const points = new Set<number>();
  for (const range of ranges.split(' ')) {
    const [first = '', last = first] = range.split('-');
    for (let point = parseInt(first, 16); point <= parseInt(last, 16); point++) points.add(point);
  }
  return points;
}

const newerWords = codePointsOf(notWord);
const newerMarks = codePointsOf(notComposed);
const word = /^[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}]$/u;
const mark = /^\p{M}/u;

/** Oniguruma's `\w`. */
export function isWord(codePoint: number): boolean {
  return word.test(String.fromCodePoint(codePoint)) && !newerWords.has(codePoint);
}

/** True where NFC may join or reorder the character with what stands before it: marks, and the vowels and finals of Hangul. */
export function joinsBackward(codePoint: number): boolean {
  if (newerMarks.has(codePoint)) return false;
  if (codePoint >= 0x1160 && codePoint <= 0x11ff) return true;
  return mark.test(String.fromCodePoint(codePoint));
}

/** True where NFC leaves the character, and what stands beside it, alone. */
export function isInert(codePoint: number): boolean {
  return newerMarks.has(codePoint);
}

/** True where NFC writes the character differently even when it stands alone. */
export function changesAlone(codePoint: number): boolean {
  if (newerMarks.has(codePoint)) return false;
  const character = String.fromCodePoint(codePoint);
  return character.normalize('NFC') !== character;
}
