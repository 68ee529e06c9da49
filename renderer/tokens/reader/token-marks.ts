/** The marks of a part of a text: a colour for every token, its border, what kind it is, and what of the text gets lost. */
import { tokenFlags, type Alteration } from '../../../main/contract/tokenisation.ts';
import type { TextMark } from '../../editor/marks.ts';
import { colourClass, type Colouring, type TokenScore } from './colouring.ts';
import type { ShownToken } from './shown-tokens.ts';

export interface MarkOptions {
  readonly text: string;
  readonly colouring: Colouring;
  readonly alterations: readonly Alteration[];
  readonly scoreOf: (index: number) => TokenScore | null;
}

/** Spaces that look like others, or like nothing. */
const oddSpaces = /[\u00A0\u2000-\u200B\u202F\u2060\u3000\uFEFF]/g;

/** In the order of their starts, for a part of the text from `from` to `to`. */
export function tokenMarks(shown: readonly ShownToken[], options: MarkOptions, from: number, to: number): TextMark[] {
  const marks: TextMark[] = [];
  for (let i = 0; i < shown.length; i++) {
    const token = shown[i] as ShownToken;
    // The bytes of one character lie on each other: one mark shows them all.
    let last = i;
    while (isSameCharacter(token, shown[last + 1])) last += 1;
    marks.push(...marksOf(token, last - i + 1, options));
    i = last;
  }
  const { text, alterations } = options;
  for (const { start, end } of alterationsIn(alterations, from, to)) {
    // Where something is added to the text, the character after it shows it.
    marks.push({
      start,
      end: Math.max(end, start + 1),
      className: 'tk-altered',
      lineEndClassName: 'tk-altered-line-end',
    });
  }
  for (const match of text.slice(from, to).matchAll(oddSpaces)) {
    marks.push({ start: from + match.index, end: from + match.index + 1, className: 'tk-odd-space' });
  }
  return marks.sort((a, b) => a.start - b.start);
}

function marksOf(token: ShownToken, count: number, { text, colouring, scoreOf }: MarkOptions): TextMark[] {
  const { tokens, index, start, end } = token;
  const isInserted = ((tokens.flags[index] ?? 0) & tokenFlags.insertedSpace) !== 0;
  // A token of nothing but an inserted space covers no character.
  if (end === start) return isInserted ? [{ start, end: start + 1, className: 'tk-inserted-alone' }] : [];
  const kind = tokens.vocabulary.get(tokens.ids[index] ?? -1)?.kind ?? 'unused';
  const colour = colourClass(colouring, token, text.slice(start, end), scoreOf);
  const whole = `tk ${colour}${kind === 'normal' ? '' : ` tk-${kind}`}${count > 1 ? ' tk-many' : ''}`;
  const first = `tk-first${isInserted ? ' tk-inserted' : ''}${text[start] === ' ' ? ' tk-space' : ''}`;
  return [
    { start, end, className: whole, lineEndClassName: `tk-line-end ${colour}` },
    { start, end: start + 1, className: first },
  ];
}

function isSameCharacter(token: ShownToken, next: ShownToken | undefined): boolean {
  return next !== undefined && next.start === token.start && next.end === token.end && token.end > token.start;
}

/** Those that touch a part of the text; they are in order. */
export function alterationsIn(alterations: readonly Alteration[], from: number, to: number): Alteration[] {
  let [low, high] = [0, alterations.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((alterations[middle]?.end ?? 0) > from) high = middle;
    else low = middle + 1;
  }
  const found: Alteration[] = [];
  for (let i = low; i < alterations.length && (alterations[i]?.start ?? to) < to; i++) {
    found.push(alterations[i] as Alteration);
  }
  return found;
}
