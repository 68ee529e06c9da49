/** Places in code points, as the main side counts, turned into UTF-16 units, as strings and the editor count. */
import type { FoundPlace } from '../../../main/contract/dataset-find.ts';

export interface UnitRange {
  readonly start: number;
  readonly end: number;
}

/** `places` in order, without overlap; those beyond the end of the text are left out. */
export function unitRanges(text: string, places: readonly FoundPlace[]): UnitRange[] {
  const ranges: UnitRange[] = [];
  const at = { unit: 0, codePoint: 0 };
  const goTo = (codePoint: number): number => {
    while (at.codePoint < codePoint && at.unit < text.length) {
      at.unit += (text.codePointAt(at.unit) ?? 0) > 0xffff ? 2 : 1;
      at.codePoint++;
    }
    return at.unit;
  };
  for (const { start, length } of places) {
    const range = { start: goTo(start), end: goTo(start + length) };
    if (at.codePoint === start + length) ranges.push(range);
  }
  return ranges;
}
