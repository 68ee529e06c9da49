/**
 * The tokens that can be shown of a text that is being changed. An edit leaves those before it where they are and moves those after it;
 * those that it touched are not shown until the text is cut again. While a long text is cut anew, the tokens of the cut before stand
 * where the new ones have not come yet.
 */
import type { TextChange } from '../../editor/marks.ts';
import type { TokenColumns } from '../token-columns.ts';
import type { Tokenisation } from '../tokenised-text.svelte.ts';

/** A token where it is now. */
export interface ShownToken {
  /** The text that was cut, in which the columns count. */
  readonly text: string;
  readonly tokens: TokenColumns;
  readonly index: number;
  readonly start: number;
  readonly end: number;
  /** Nothing before it was changed since it was cut: what was computed of this index still holds. */
  readonly isSettled: boolean;
}

interface Cut {
  readonly tokenisation: Tokenisation;
  /** Units of its text, from the start and from the end, that are unchanged. */
  prefix: number;
  suffix: number;
}

export class ShownTokens {
  #current: Cut | null = null;
  #earlier: Cut | null = null;
  #textLength = 0;

  /** Tokens of the text as it is now: more of the same cut, or another one. Those of another text are left aside. */
  take(tokenisation: Tokenisation | null, text: string): void {
    this.#textLength = text.length;
    if (tokenisation === null) [this.#current, this.#earlier] = [null, null];
    if (tokenisation === null || tokenisation === this.#current?.tokenisation || tokenisation.text !== text) return;
    const isMore = this.#current?.tokenisation.tokens.vocabulary === tokenisation.tokens.vocabulary;
    if (!isMore) this.#earlier = this.#current ?? this.#earlier;
    this.#current = { tokenisation, prefix: text.length, suffix: text.length };
    if (tokenisation.counts !== null) this.#earlier = null;
  }

  /** The text was changed; each change is told in the text as it was before all of them. */
  edited(changes: readonly TextChange[]): void {
    const before = this.#textLength;
    for (const { removedLength, addedLength } of changes) this.#textLength += addedLength - removedLength;
    for (const cut of [this.#current, this.#earlier]) {
      if (cut === null) continue;
      for (const { offset, removedLength } of changes) {
        cut.prefix = Math.min(cut.prefix, offset);
        cut.suffix = Math.min(cut.suffix, before - offset - removedLength);
      }
    }
  }

  /** Tokens that cover a part of the text, in order. */
  in(start: number, end: number): ShownToken[] {
    const found: ShownToken[] = [];
    const current = this.#current;
    const reach = current === null ? 0 : this.#reach(current);
    if (current !== null) this.#collect(current, start, Math.min(end, reach), found);
    if (this.#earlier !== null) this.#collect(this.#earlier, Math.max(start, reach), end, found);
    return found;
  }

  /** The token of one character, `null` where it is not known; of several bytes of it the first. */
  at(offset: number): ShownToken | null {
    return this.in(offset, offset + 1).find((token) => token.end > offset) ?? null;
  }

  /** How far the newest cut has come, in the text as it is now. */
  #reach({ tokenisation: { counts, done, text } }: Cut): number {
    return counts === null && done < text.length ? done + this.#textLength - text.length : Number.POSITIVE_INFINITY;
  }

  #collect({ tokenisation, prefix, suffix }: Cut, start: number, end: number, found: ShownToken[]): void {
    if (end <= start) return;
    const { text, tokens } = tokenisation;
    const isWhole = prefix === text.length;
    const shift = this.#textLength - text.length;
    // A token that an edit touches may be another one now: only those that end before it are kept.
    const lastEnd = isWhole ? text.length : prefix - 1;
    for (let i = firstAfter(tokens.ends, start, tokens.count); i < tokens.count; i++) {
      const [from, to] = [tokens.starts[i] as number, tokens.ends[i] as number];
      if (from >= end || to > lastEnd) break;
      found.push({ text, tokens, index: i, start: from, end: to, isSettled: true });
    }
    if (isWhole) return;
    const firstStart = Math.max(text.length - suffix + 1, prefix);
    for (let i = firstAfter(tokens.ends, Math.max(start - shift, firstStart), tokens.count); i < tokens.count; i++) {
      const [from, to] = [tokens.starts[i] as number, tokens.ends[i] as number];
      if (from + shift >= end) break;
      if (from < firstStart) continue;
      found.push({ text, tokens, index: i, start: from + shift, end: to + shift, isSettled: false });
    }
  }
}

/** The first index whose value is above `limit`; the values never decrease. */
export function firstAfter(values: Uint32Array, limit: number, count = values.length): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] as number) > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}
