/**
 * A long text in passages that can be shown through all stages at once: cut after lines, else at a space, else anywhere. Each is
 * tokenised as a text of its own. The space at which a text is cut belongs to neither side: normalisation puts one in front of the
 * next passage, so that its tokens are those that it has within the text.
 */
export interface Passage {
  readonly start: number;
  readonly end: number;
}

const SHORT = 100;
const LONG = 280;

/** In UTF-16 units and in order; nothing but single spaces lies between them. At least one. */
export function passagesOf(text: string): Passage[] {
  const passages: Passage[] = [];
  for (let start = 0; start < text.length;) {
    const end = endOfPassage(text, start);
    passages.push({ start, end });
    start = end < text.length && text[end] === ' ' && text[end - 1] !== '\n' ? end + 1 : end;
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
