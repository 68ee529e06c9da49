/**
 * How well a few typed letters fit a name: each word of the query has to be found in it, in order, letter by letter; letters that stand
 * together, begin a word or begin the name count more. Case and accents make no difference.
 *
 * The best of all ways to place the letters is found (dynamic programming, words × names of tens of letters), so that the letters that
 * are marked are those that a reader would have chosen.
 */
import { foldText, foldWithPlaces, sourceRange, type FoldedText } from '../../../main/contract/folded-text.ts';

/** UTF-16 units of the name, the end not included. */
export interface MatchedRange {
  readonly start: number;
  readonly end: number;
}

export interface FuzzyMatch {
  /** Higher is better; comparable between names for the same query. */
  readonly score: number;
  readonly ranges: readonly MatchedRange[];
}

const LETTER = 1;
const TOGETHER = 7;
const WORD_START = 4;
const NAME_START = 3;
/** For each letter that is skipped within a match, up to a limit. */
const GAP = 0.15;
const LONGEST_GAP = 12;

/** `null` where a word of the query is not in the name; an empty query fits everything with score 0. */
export function fuzzyMatch(query: string, name: string): FuzzyMatch | null {
  const words = foldText(query).split(/\s+/).filter(Boolean);
  const folded = foldWithPlaces(name);
  const places = new Set<number>();
  let score = 0;
  for (const word of words) {
    const best = placeWord(word, folded.text);
    if (best === null) return null;
    score += best.score;
    for (const place of best.places) places.add(place);
  }
  // Of two names that fit as well, the shorter one is meant.
  return { score: words.length === 0 ? 0 : score - folded.text.length * 0.01, ranges: toRanges(places, folded) };
}

interface Placed {
  score: number;
  places: number[];
}

function placeWord(word: string, name: string): Placed | null {
  /** For each place of the name: the best way to have the letters so far end exactly there. */
  let ends: (Placed | undefined)[] = [];
  for (let letter = 0; letter < word.length; letter++) {
    const next: (Placed | undefined)[] = [];
    for (let place = letter; place < name.length; place++) {
      if (name[place] !== word[letter]) continue;
      const own = LETTER + startBonus(name, place);
      const before = letter === 0 ? { score: 0, places: [] } : bestBefore(ends, place);
      if (before !== null) next[place] = { score: before.score + own, places: [...before.places, place] };
    }
    ends = next;
  }
  return ends.reduce<Placed | null>(
    (best, end) => (end && (best === null || end.score > best.score) ? end : best),
    null,
  );
}

function bestBefore(ends: readonly (Placed | undefined)[], place: number): Placed | null {
  let best: Placed | null = null;
  for (let previous = 0; previous < place; previous++) {
    const end = ends[previous];
    if (end === undefined) continue;
    const gap = place - previous - 1;
    const score = end.score + (gap === 0 ? TOGETHER : -GAP * Math.min(gap, LONGEST_GAP));
    if (best === null || score > best.score) best = { score, places: end.places };
  }
  return best;
}

function startBonus(name: string, place: number): number {
  if (place === 0) return WORD_START + NAME_START;
  return /[\p{L}\p{N}]/u.test(name[place - 1] ?? '') ? 0 : WORD_START;
}

function toRanges(places: ReadonlySet<number>, folded: FoldedText): MatchedRange[] {
  const ranges: { start: number; end: number }[] = [];
  for (const place of [...places].sort((a, b) => a - b)) {
    const range = sourceRange(folded, place, place + 1);
    const last = ranges.at(-1);
    // Two folded letters may be one letter of the name (œ).
    if (range.start === range.end) range.end = range.start + 1;
    if (last !== undefined && range.start <= last.end) last.end = Math.max(last.end, range.end);
    else ranges.push(range);
  }
  return ranges;
}
