/** Counting and cutting strings in Unicode code points, the unit of DuckDB's `length` and of Python's `len`. */

export function countCodePoints(text: string): number {
  return text.length - pairsBefore(text, text.length);
}

/** Code points `start … start + length - 1`, fewer where the text ends. */
export function sliceCodePoints(text: string, start: number, length: number): string {
  const from = unitIndex(text, 0, start);
  return text.slice(from, unitIndex(text, from, length));
}

function pairsBefore(text: string, end: number): number {
  let pairs = 0;
  for (let index = 0; index < end; index++) {
    if (isPairAt(text, index)) {
      pairs++;
      index++;
    }
  }
  return pairs;
}

/** The UTF-16 index that lies `count` code points after the UTF-16 index `from`. */
function unitIndex(text: string, from: number, count: number): number {
  let index = from;
  for (let taken = 0; taken < count && index < text.length; taken++) index += isPairAt(text, index) ? 2 : 1;
  return index;
}

function isPairAt(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  if (unit < 0xd800 || unit > 0xdbff) return false;
  const next = text.charCodeAt(index + 1);
  return next >= 0xdc00 && next <= 0xdfff;
}
