/**
 * Which elements of two sequences are the same, in order: a longest common subsequence (the table of Wagner and Fischer 1974,
 * doi:10.1145/321796.321811) between the common beginning and the common end. Sequences that are too long for the table are first cut
 * at threes of elements that both have exactly once (as Bram Cohen's patience diff does at lines), and what is still too long counts
 * as different: the time has a bound, and the result depends on the sequences alone.
 */

/** `left` and `right` elements side by side: the same, or one in the place of the other. Either may be empty where they differ. */
export interface AlignedBlock {
  isSame: boolean;
  leftStart: number;
  leftEnd: number;
  rightStart: number;
  rightEnd: number;
}

/** Cells of the tables of one alignment: two sequences of 2,800 elements. */
export const mostCells = 8_000_000;

interface Range {
  leftStart: number;
  leftEnd: number;
  rightStart: number;
  rightEnd: number;
}

export function alignSequences(left: readonly number[], right: readonly number[]): AlignedBlock[] {
  const pairs: [number, number][] = [];
  const budget = { cells: mostCells };
  pairRange(left, right, { leftStart: 0, leftEnd: left.length, rightStart: 0, rightEnd: right.length }, budget, pairs);
  return toBlocks(pairs, left.length, right.length);
}

/** Adds the pairs of equal elements of a range, in order. */
function pairRange(
  left: readonly number[],
  right: readonly number[],
  range: Range,
  budget: { cells: number },
  pairs: [number, number][],
): void {
  let { leftStart, leftEnd, rightStart, rightEnd } = range;
  while (leftStart < leftEnd && rightStart < rightEnd && left[leftStart] === right[rightStart])
    pairs.push([leftStart++, rightStart++]);
  const tail: [number, number][] = [];
  while (leftEnd > leftStart && rightEnd > rightStart && left[leftEnd - 1] === right[rightEnd - 1])
    tail.push([--leftEnd, --rightEnd]);
  const middle = { leftStart, leftEnd, rightStart, rightEnd };
  const cells = (leftEnd - leftStart + 1) * (rightEnd - rightStart + 1);
  if (leftEnd > leftStart && rightEnd > rightStart) {
    if (cells <= budget.cells) {
      budget.cells -= cells;
      pairByTable(left, right, middle, pairs);
    } else {
      pairByAnchors(left, right, middle, budget, pairs);
    }
  }
  pairs.push(...tail.reverse());
}

function pairByTable(
  left: readonly number[],
  right: readonly number[],
  { leftStart, leftEnd, rightStart, rightEnd }: Range,
  pairs: [number, number][],
): void {
  const [height, width] = [leftEnd - leftStart, rightEnd - rightStart];
  const stride = width + 1;
  // lengths[i * stride + j]: the longest common subsequence of what follows i and j. At most min(height, width), under 65,536.
  const lengths = new Uint16Array((height + 1) * stride);
  for (let i = height - 1; i >= 0; i--) {
    const element = left[leftStart + i];
    const row = i * stride;
    // Of the row below: what follows i + 1 and j + 1. Of this row: what follows i and j + 1.
    let diagonal = 0;
    let across = 0;
    for (let j = width - 1; j >= 0; j--) {
      const down = lengths[row + stride + j] ?? 0;
      if (element === right[rightStart + j]) across = diagonal + 1;
      else if (down > across) across = down;
      lengths[row + j] = across;
      diagonal = down;
    }
  }
  let [i, j] = [0, 0];
  while (i < height && j < width) {
    if (left[leftStart + i] === right[rightStart + j]) pairs.push([leftStart + i++, rightStart + j++]);
    else if ((lengths[(i + 1) * stride + j] ?? 0) >= (lengths[i * stride + j + 1] ?? 0)) i++;
    else j++;
  }
}

function pairByAnchors(
  left: readonly number[],
  right: readonly number[],
  range: Range,
  budget: { cells: number },
  pairs: [number, number][],
): void {
  let { leftStart, rightStart } = range;
  const anchors = anchorsOf(left, right, range);
  if (anchors.length === 0) return;
  for (const [leftAt, rightAt] of anchors) {
    pairRange(left, right, { leftStart, leftEnd: leftAt, rightStart, rightEnd: rightAt }, budget, pairs);
    pairs.push([leftAt, rightAt]);
    [leftStart, rightStart] = [leftAt + 1, rightAt + 1];
  }
  pairRange(left, right, { ...range, leftStart, rightStart }, budget, pairs);
}

/** Where three elements stand that both sides of a range have exactly once, as many of these as are in the same order. */
function anchorsOf(left: readonly number[], right: readonly number[], range: Range): [number, number][] {
  const inLeft = placesOfUnique(left, range.leftStart, range.leftEnd);
  const inRight = placesOfUnique(right, range.rightStart, range.rightEnd);
  const candidates: [number, number][] = [];
  for (const [three, at] of inLeft) {
    const other = inRight.get(three);
    if (at !== -1 && other !== undefined && other !== -1) candidates.push([at, other]);
  }
  return longestIncreasing(candidates.sort(([a], [b]) => a - b));
}

/** Of each element with the two that follow it; -1 where those three are there more than once. */
function placesOfUnique(elements: readonly number[], start: number, end: number): Map<string, number> {
  const places = new Map<string, number>();
  for (let at = start; at + 3 <= end; at++) {
    const three = `${elements[at]} ${elements[at + 1]} ${elements[at + 2]}`;
    places.set(three, places.has(three) ? -1 : at);
  }
  return places;
}

/** By the second number, of pairs in the order of the first (patience sorting). */
function longestIncreasing(pairs: readonly [number, number][]): [number, number][] {
  const ends: number[] = [];
  const previous = pairs.map(() => -1);
  for (const [index, [, value]] of pairs.entries()) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[ends[middle] ?? 0]?.[1] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    previous[index] = ends[low - 1] ?? -1;
    ends[low] = index;
  }
  const chain: [number, number][] = [];
  for (let at = ends.at(-1) ?? -1; at !== -1; at = previous[at] ?? -1) {
    const pair = pairs[at];
    if (pair !== undefined) chain.push(pair);
  }
  return chain.reverse();
}

function toBlocks(pairs: readonly [number, number][], leftLength: number, rightLength: number): AlignedBlock[] {
  const blocks: AlignedBlock[] = [];
  let [leftAt, rightAt] = [0, 0];
  const differUpTo = (leftEnd: number, rightEnd: number) => {
    if (leftEnd === leftAt && rightEnd === rightAt) return;
    blocks.push({ isSame: false, leftStart: leftAt, leftEnd, rightStart: rightAt, rightEnd });
  };
  for (const [left, right] of pairs) {
    differUpTo(left, right);
    const last = blocks.at(-1);
    if (last?.isSame === true && last.leftEnd === left && last.rightEnd === right) {
      last.leftEnd++;
      last.rightEnd++;
    } else {
      blocks.push({ isSame: true, leftStart: left, leftEnd: left + 1, rightStart: right, rightEnd: right + 1 });
    }
    [leftAt, rightAt] = [left + 1, right + 1];
  }
  differUpTo(leftLength, rightLength);
  return blocks;
}
