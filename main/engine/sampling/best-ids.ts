/**
 * The few ids with the highest scores in one pass: almost every score is refused by one comparison with the worst that is kept.
 * For some hundred ids or fewer; more are cheaper from a heap. Only Float32Array: V8 makes a loop over two kinds of arrays slower.
 */

/** Best first, lower ids first among equals; scores of minus infinity are left out. */
export function bestIds(scores: Float32Array, count: number): number[] {
  const best: number[] = [];
  let threshold = -Infinity;
  for (let id = 0; id < scores.length; id++) {
    const score = scores[id] as number;
    if (!(score > threshold)) continue;
    let place = best.length === count ? count - 1 : best.length;
    for (; place > 0 && (scores[best[place - 1] as number] as number) < score; place--) {
      best[place] = best[place - 1] as number;
    }
    best[place] = id;
    if (best.length === count) threshold = scores[best[count - 1] as number] as number;
  }
  return best;
}

/** The index of the highest score; the lowest index among equals. */
export function bestId(scores: Float32Array): number {
  let best = 0;
  let highest = scores[0] as number;
  for (let id = 1; id < scores.length; id++) {
    const score = scores[id] as number;
    if (score > highest) {
      highest = score;
      best = id;
    }
  }
  return best;
}
