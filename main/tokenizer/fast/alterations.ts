/**
 * What of a text does not come back: every place where the text that the ids decode to differs from the text that was encoded,
 * and why.
 *
 * The decoder is followed over the normalised text, whose every unit knows where it comes from: `▁` is a space, those of the
 * first token are dropped, and one space after some texts. What then stands for a part of the source that reads otherwise is an
 * alteration. Applying all of them to the text gives exactly what the ids decode to.
 */
import type { Alteration, AlterationReason } from '../../contract/tokenisation.ts';
import { longestSwallower } from './decoder-rules.ts';
import type { Swallowers } from './swallowers.ts';
import type { NormalisedText } from './normalised-text.ts';
import { metaspace, space } from './normaliser-rules.ts';

/** The text with its alterations: what its ids decode to. `alterations` are in order. */
export function applyAlterations(text: string, alterations: readonly Alteration[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, becomes } of alterations) {
    result += text.slice(at, start) + becomes;
    at = end;
  }
  return result + text.slice(at);
}

export class AlterationFinder {
  readonly #text: string;
  readonly #swallowers: Swallowers;
  readonly #found: Alteration[] = [];
  /** The text up to here is accounted for. */
  #covered = 0;
  /** What was decoded last, before any space was dropped after it. */
  #tail = '';

  constructor(text: string, swallowers: Swallowers) {
    this.#text = text;
    this.#swallowers = swallowers;
  }

  /** A part of the text; `firstBlanks` of its units, all `▁`, belong to the first token of the text. */
  push(part: NormalisedText, firstBlanks: number): void {
    const { units, from, to, length } = part;
    for (let i = 0; i < length; i++) {
      const unit = units[i] ?? 0;
      const value = unit === metaspace ? space : unit;
      const start = from[i] ?? 0;
      const end = to[i] ?? 0;
      const isDropped = i < firstBlanks || (value === space && this.#swallows(part, i));
      if (!isDropped && start === this.#covered && end === start + 1 && this.#text.charCodeAt(start) === value) {
        this.#covered = end;
      } else if (isDropped) {
        if (end > start) this.#add(start, end, i < firstBlanks ? 'leading-spaces' : 'swallowed-space', '');
      } else if (value >= 0xd800 && value <= 0xdbff) {
        this.#keep(start, end, String.fromCharCode(value, units[++i] ?? 0));
      } else this.#keep(start, end, String.fromCharCode(value));
    }
    this.#remember(part);
  }

  /** A control token, which stands as it is. */
  pushControl(content: string, start: number, end: number): void {
    this.#lose(start);
    this.#covered = end;
    this.#tail += content;
  }

  /** The alterations since the last call. `end`: the text up to there was pushed. */
  take(end: number): Alteration[] {
    this.#lose(end);
    return this.#found.splice(0);
  }

  #keep(start: number, end: number, becomes: string): void {
    this.#lose(start);
    if (this.#text.slice(start, end) !== becomes) this.#add(start, end, this.#reasonOf(start, end, becomes), becomes);
    else this.#covered = end;
  }

  #reasonOf(start: number, end: number, becomes: string): AlterationReason {
    if (start === end) return becomes === ' ' ? 'added-space' : 'composed';
    const unit = this.#text.charCodeAt(start);
    if (end === start + 1) {
      if (unit === metaspace) return 'typed-metaspace';
      if (unit >= 0xd800 && unit <= 0xdfff) return 'lone-surrogate';
      if (unit === 0xa0) return 'no-break-space';
    }
    return 'composed';
  }

  /** Everything from what is covered up to `end` was deleted. */
  #lose(end: number): void {
    while (this.#covered < end) {
      const unit = this.#text.charCodeAt(this.#covered);
      const reason = unit === 0x0d ? 'carriage-return' : unit === 0 ? 'nul' : 'other';
      this.#add(this.#covered, this.#covered + 1, reason, '');
    }
  }

  #add(start: number, end: number, reason: AlterationReason, becomes: string): void {
    if (this.#covered < start) this.#lose(start);
    const last = this.#found.at(-1);
    if (last?.end === start && last.reason === reason) {
      last.end = end;
      last.becomes += becomes;
    } else this.#found.push({ start, end, reason, becomes });
    this.#covered = Math.max(this.#covered, end);
  }

  /** True where the decoder drops the space at `index`. */
  #swallows(part: NormalisedText, index: number): boolean {
    const before = index > 0 ? (part.units[index - 1] ?? 0) : this.#tail.charCodeAt(this.#tail.length - 1);
    const ends = this.#swallowers.endsIn(before);
    return ends === 'always' || (ends === 'maybe' && this.#swallowers.match(this.#writtenBefore(part, index)));
  }

  #remember(part: NormalisedText): void {
    this.#tail = this.#writtenBefore(part, part.length);
  }

  /** The last units before `index` of a part. */
  #writtenBefore(part: NormalisedText, index: number): string {
    const near = part.units.subarray(Math.max(0, index - longestSwallower), index);
    const text = String.fromCharCode(...near).replaceAll('▁', ' ');
    return near.length < longestSwallower ? (this.#tail + text).slice(-longestSwallower) : text;
  }
}
