/** Where a text occurs in a value, case and accents aside; in code points of the value as it is. */
import { foldText, foldWithPlaces, sourceRange } from '../../contract/folded-text.ts';
import type { FoundPlace, RowHit } from '../../contract/dataset-find.ts';
import { countCodePoints } from '../code-points.ts';

/** So many places of a value are told one by one; all are counted. */
export const toldPlaces = 100;
/** UTF-16 units of the excerpt on each side. */
const excerptLength = 80;

export type FoundInValue = Pick<RowHit, 'excerpt' | 'places' | 'placeCount'>;

/** `wanted` is folded already. `null` where the value does not hold it: that is most values, so they are only folded and searched. */
export function findInValue(value: string, wanted: string): FoundInValue | null {
  if (!foldText(value).includes(wanted)) return null;
  const folded = foldWithPlaces(value);
  const places: FoundPlace[] = [];
  let placeCount = 0;
  let first: { start: number; end: number } | null = null;
  /** Up to where code points are counted. */
  const counted = { units: 0, codePoints: 0 };
  for (let at = folded.text.indexOf(wanted); at !== -1; at = folded.text.indexOf(wanted, at + wanted.length)) {
    placeCount++;
    if (places.length >= toldPlaces) continue;
    const range = sourceRange(folded, at, at + wanted.length);
    // Half of a ligature (the e of œ) is marked as the whole of it.
    const end = Math.max(range.end, range.start + 1);
    first ??= { start: range.start, end };
    counted.codePoints += countCodePoints(value.slice(counted.units, range.start));
    counted.units = range.start;
    places.push({ start: counted.codePoints, length: countCodePoints(value.slice(range.start, end)) });
  }
  if (first === null) return null;
  return { excerpt: excerptAround(value, first), places, placeCount };
}

function excerptAround(value: string, { start, end }: { start: number; end: number }): RowHit['excerpt'] {
  const from = Math.max(0, start - excerptLength);
  const to = Math.min(value.length, end + excerptLength);
  const before = value.slice(from, start).toWellFormed();
  const after = value.slice(end, to).toWellFormed();
  return {
    before: `${from > 0 ? '…' : ''}${onOneLine(before)}`,
    match: onOneLine(value.slice(start, end).toWellFormed()),
    after: `${onOneLine(after)}${to < value.length ? '…' : ''}`,
  };
}

function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
