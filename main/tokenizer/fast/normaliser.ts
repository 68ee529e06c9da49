/**
 * The family's normaliser in a single pass, which keeps for every unit where it comes from.
 *
 * NFC is needed only where a mark (or another character that it may change) stands; there the cluster of a character and its
 * marks is composed by the engine. Everything else is one look at a table.
 */
import { trait, type CharacterTraits } from './character-traits.ts';
import { NormalisedText } from './normalised-text.ts';
import { metaspace } from './normaliser-rules.ts';
import { SourceUnits } from './source-units.ts';

const replacementCharacter = 0xfffd;

export class Normaliser {
  readonly #traits: CharacterTraits;
  readonly #source = new SourceUnits();
  /** The result; written over by the next run. */
  readonly result = new NormalisedText();

  constructor(traits: CharacterTraits) {
    this.#traits = traits;
  }

  /**
   * Normalises `text.slice(begin, end)`; positions in the result count from the start of `text`. The range begins where a part of
   * a text begins that is normalised by itself (`isStart`: a space is put in front), or at a border where nothing depends on what
   * stands before it (see slice-borders.ts).
   */
  run(text: string, begin: number, end: number, isStart: boolean): NormalisedText {
    const out = this.result;
    out.length = 0;
    out.reserve(2 * (end - begin) + 8);
    const units = this.#source.read(text, begin, end);
    let { units: written, from, to } = out;
    const traitsOf = this.#traits.ofUnit;
    const slow = trait.deleted | trait.surrogate | trait.joins | trait.changes;
    const first = isStart ? 1 : 0;
    let length = first;
    let asksForSpace = false;
    for (let i = begin; i < end; i++) {
      const unit = units[i - begin] ?? 0;
      const traits = traitsOf[unit] ?? 0;
      if (traits & slow) {
        out.length = length;
        i = this.#writeSlow(units, text, begin, end, i, first) - 1;
        out.reserve(2 * (end - i) + 8);
        ({ units: written, from, to } = out);
        length = out.length;
        asksForSpace = length > first && ((traitsOf[written[length - 1] ?? 0] ?? 0) & trait.spacedAfter) !== 0;
        continue;
      }
      if (asksForSpace && traits & trait.takesSpace) {
        written[length] = metaspace;
        from[length] = i;
        to[length++] = i;
      }
      written[length] = traits & trait.blank ? metaspace : unit;
      from[length] = i;
      to[length++] = i + 1;
      asksForSpace = (traits & trait.spacedAfter) !== 0;
    }
    out.length = isStart ? this.#finishStart(length) : length;
    return out;
  }

  /** Fills in the space in front, which is there only where something follows. */
  #finishStart(length: number): number {
    if (length === 1) return 0;
    const out = this.result;
    out.units[0] = metaspace;
    out.from[0] = out.from[1] ?? 0;
    out.to[0] = out.from[0];
    return length;
  }

  /** Writes the character at `at`, which may belong to a cluster with the one before it. Returns where it ends. */
  #writeSlow(units: Uint16Array, text: string, begin: number, end: number, at: number, first: number): number {
    const traits = this.#traits;
    const codePoint = codePointAt(units, at - begin, end - begin);
    const own = traits.ofCodePoint(codePoint);
    const after = at + (codePoint > 0xffff ? 2 : 1);
    if (!(own & (trait.joins | trait.changes))) {
      this.#write(codePoint, at, after, first);
      return after;
    }
    let clusterEnd = after;
    while (clusterEnd < end) {
      const next = codePointAt(units, clusterEnd - begin, end - begin);
      if (!(traits.ofCodePoint(next) & trait.joins)) break;
      clusterEnd += next > 0xffff ? 2 : 1;
    }
    const clusterStart = own & trait.joins ? this.#baseBefore(units, begin, at) : at;
    const cluster = text.slice(clusterStart, clusterEnd);
    const composed = cluster.normalize('NFC');
    if (composed === cluster) {
      this.#writeText(cluster, at - clusterStart, cluster.length, at, first);
      return clusterEnd;
    }
    this.#takeBack(clusterStart, first);
    this.#writeComposed(cluster, composed, clusterStart, first);
    return clusterEnd;
  }

  /** Where the character before `at` begins, if a mark can join it. */
  #baseBefore(units: Uint16Array, begin: number, at: number): number {
    if (at === begin) return at;
    const isPair = at - begin > 1 && isPairAt(units, at - begin - 2);
    const start = isPair ? at - 2 : at - 1;
    const base = this.#traits.ofCodePoint(codePointAt(units, start - begin, at - begin));
    return base & trait.inert || (!isPair && isSurrogate(units[start - begin] ?? 0)) ? at : start;
  }

  /** Removes what was written for the source from `start` on, but not the rest of a cluster that ended there. */
  #takeBack(start: number, first: number): void {
    const out = this.result;
    while (out.length > first) {
      const last = out.length - 1;
      const isRest = out.from[last] === out.to[last] && out.units[last] !== metaspace;
      if ((out.from[last] ?? 0) < start || isRest) return;
      out.length = last;
    }
  }

  /**
   * Writes a cluster that NFC changed. What is the same at both ends stands for itself; of the rest, each character but the last
   * stands for one of the source as far as there are any, and the last one for what remains.
   */
  #writeComposed(cluster: string, composed: string, at: number, first: number): void {
    const shared = Math.min(cluster.length, composed.length);
    let head = 0;
    while (head < shared && cluster[head] === composed[head]) head++;
    if (head > 0 && isHigh(composed.charCodeAt(head - 1))) head--;
    let tail = 0;
    while (tail < shared - head && cluster.at(-1 - tail) === composed.at(-1 - tail)) tail++;
    if (tail > 0 && isLow(composed.charCodeAt(composed.length - tail))) tail--;
    this.#writeText(composed, 0, head, at, first);
    const sourceEnd = at + cluster.length - tail;
    const middle = Array.from(composed.slice(head, composed.length - tail), (one) => one.codePointAt(0) ?? 0);
    let start = at + head;
    middle.forEach((codePoint, index) => {
      const step = (text: number) => (text > 0xffff ? 2 : 1);
      const own = step(cluster.codePointAt(start - at) ?? 0);
      const stop = index === middle.length - 1 ? sourceEnd : Math.min(start + own, sourceEnd);
      this.#write(codePoint, start, stop, first);
      start = stop;
    });
    this.#writeText(composed, composed.length - tail, composed.length, sourceEnd, first);
  }

  /** Writes characters that stand for themselves; the one at `begin` is at `at` of the source. */
  #writeText(text: string, begin: number, end: number, at: number, first: number): void {
    for (let i = begin; i < end;) {
      const codePoint = text.codePointAt(i) ?? 0;
      const size = codePoint > 0xffff ? 2 : 1;
      this.#write(codePoint, at + i - begin, at + i - begin + size, first);
      i += size;
    }
  }

  #write(codePoint: number, from: number, to: number, first: number): void {
    const out = this.result;
    const traits = this.#traits.ofCodePoint(codePoint);
    if (traits & trait.deleted) return;
    const before = out.length > first ? (this.#traits.ofUnit[out.units[out.length - 1] ?? 0] ?? 0) : 0;
    if (before & trait.spacedAfter && traits & trait.takesSpace) this.#push(metaspace, from, from);
    if (codePoint > 0xffff) {
      this.#push(0xd800 + ((codePoint - 0x10000) >>> 10), from, to);
      this.#push(0xdc00 + ((codePoint - 0x10000) & 0x3ff), from, to);
    } else if (isSurrogate(codePoint)) this.#push(replacementCharacter, from, to);
    else this.#push(traits & trait.blank ? metaspace : codePoint, from, to);
  }

  #push(unit: number, from: number, to: number): void {
    const out = this.result;
    out.reserve(1);
    out.units[out.length] = unit;
    out.from[out.length] = from;
    out.to[out.length++] = to;
  }
}

function codePointAt(units: Uint16Array, index: number, end: number): number {
  const unit = units[index] ?? 0;
  if (!isHigh(unit) || index + 1 >= end || !isPairAt(units, index)) return unit;
  return 0x10000 + ((unit - 0xd800) << 10) + ((units[index + 1] ?? 0) - 0xdc00);
}

function isPairAt(units: Uint16Array, index: number): boolean {
  return isHigh(units[index] ?? 0) && isLow(units[index + 1] ?? 0);
}

const isHigh = (unit: number) => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff;
const isSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdfff;
