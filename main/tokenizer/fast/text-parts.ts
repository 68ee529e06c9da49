/** Cuts a text into the parts that are normalised one after another: at control tokens, and at borders where nothing changes. */
import type { ControlTokenFinder, FoundControlToken } from './control-token-finder.ts';
import type { SliceBorders } from './slice-borders.ts';

/** `isStart`: the part is the beginning of a text or follows a control token. Ranges in UTF-16 units. */
export type TextPart =
  | { begin: number; end: number; isStart: boolean; control: null }
  | { begin: number; end: number; control: FoundControlToken };

/**
 * Parts of about `partUnits`, in order and without gaps. A text without any border in it stays whole.
 * `finder` is `null` where control tokens are to be read as text.
 */
export function* textParts(
  text: string,
  borders: SliceBorders,
  finder: ControlTokenFinder | null,
  partUnits: number,
): Generator<TextPart> {
  let isStart = true;
  let begin = 0;
  let wanted = partUnits;
  while (begin < text.length) {
    const limit = Math.min(begin + wanted, text.length);
    const control = finder?.firstIn(text, begin, limit) ?? null;
    const end = control?.start ?? (limit === text.length ? limit : borders.lastIn(text, begin, limit));
    if (end === -1) {
      wanted *= 2;
      continue;
    }
    if (end > begin) yield { begin, end, isStart, control: null };
    if (control !== null) yield { begin: control.start, end: control.end, control };
    isStart = control !== null;
    begin = control?.end ?? end;
    wanted = partUnits;
  }
}
