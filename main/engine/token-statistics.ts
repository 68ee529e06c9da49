/**
 * What the raw distribution says about a chosen token: log-probability, rank, entropy and the best alternatives, in two
 * passes over the logits without sorting the vocabulary. "Raw" is before any penalty, temperature or cut.
 */
export interface TokenStatistics {
  /** Natural logarithm. */
  logProbability: number;
  /** 1 is the most probable token; among equal logits the lower id comes first. */
  rank: number;
  /** Nats. */
  entropy: number;
  /** Best first. */
  alternatives: { id: number; logProbability: number }[];
}

export const alternativeCount = 10;

export function tokenStatistics(logits: Float32Array, chosen: number, count = alternativeCount): TokenStatistics {
  const best = bestIds(logits, Math.min(Math.max(1, count), logits.length));
  const highest = logits[best[0] as number] as number;
  const chosenLogit = logits[chosen] as number;
  let sum = 0;
  let weighted = 0;
  let rank = 1;
  for (let id = 0; id < logits.length; id++) {
    const logit = logits[id] as number;
    const weight = Math.exp(logit - highest);
    sum += weight;
    // A logit of minus infinity has no weight; 0 * -Infinity is not a number.
    if (weight > 0) weighted += weight * (logit - highest);
    if (logit > chosenLogit || (logit === chosenLogit && id < chosen)) rank++;
  }
  const logSum = Math.log(sum);
  return {
    logProbability: chosenLogit - highest - logSum,
    rank,
    entropy: Math.max(0, logSum - weighted / sum),
    alternatives: best.slice(0, count).map((id) => ({ id, logProbability: (logits[id] as number) - highest - logSum })),
  };
}

/** The `count` ids with the highest logits, best first, lower ids first among equals. */
function bestIds(logits: Float32Array, count: number): number[] {
  const best: number[] = [];
  let threshold = -Infinity;
  for (let id = 0; id < logits.length; id++) {
    const logit = logits[id] as number;
    if (best.length === count && logit <= threshold) continue;
    let place = best.length;
    while (place > 0 && (logits[best[place - 1] as number] as number) < logit) place--;
    best.splice(place, 0, id);
    if (best.length > count) best.pop();
    threshold = logits[best.at(-1) as number] as number;
  }
  return best;
}
