/** A long text in passages that can be shown through all stages at once: cut after lines, else before a space, else anywhere. */
export interface Passage {
  readonly start: number;
  readonly end: number;
}

const SHORT = 150;
const LONG = 500;

/** In UTF-16 units; they follow each other without gaps. At least one. */
export function passagesOf(text: string): Passage[] {
  const passages: Passage[] = [];
  for (let start = 0; start < text.length;) {
    const end = endOfPassage(text, start);
    passages.push({ start, end });
    start = end;
  }
  return passages.length === 0 ? [{ start: 0, end: 0 }] : passages;
}

function endOfPassage(text: string, start: number): number {
  const limit = start + LONG;
  if (limit >= text.length) return text.length;
  const line = text.lastIndexOf('\n', limit - 1) + 1;
  if (line >= start + SHORT) return line;
  const space = text.lastIndexOf(' ', limit);
  if (space >= start + SHORT) return space;
  const splitsPair = /[\uDC00-\uDFFF]/.test(text.charAt(limit)) && /[\uD800-\uDBFF]/.test(text.charAt(limit - 1));
  return splitsPair ? limit - 1 : limit;
}
