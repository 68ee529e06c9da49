/**
 * What the raw distribution says about a chosen token: log-probability, rank, entropy and the best alternatives, in two
 * passes over the logits without sorting the vocabulary. "Raw" is before any penalty, temperature or cut.
 */
import { bestIds } from './best-ids.ts';
import { exponential } from './exponential.ts';

export interface TokenStatistics {
  /** Natural logarithm. */
  logProbability: number;
  /** 1 is the most probable token; among equal logits the lower id comes first. */
  rank: number;
  /** Nats. */
  entropy: number;
  /** Best first; impossible tokens (a logit of minus infinity) are left out. */
  alternatives: { id: number; logProbability: number }[];
}

export const alternativeCount = 10;

export function tokenStatistics(logits: Float32Array, chosen: number, count = alternativeCount): TokenStatistics {
  const best = bestIds(logits, Math.min(Math.max(1, count), logits.length));
  const highest = logits[best[0] ?? 0] as number;
  const chosenLogit = logits[chosen] as number;
  let sum = 0;
  let weighted = 0;
  let rank = 1;
  for (let id = 0; id < logits.length; id++) {
    const logit = logits[id] as number;
    const difference = logit - highest;
    const weight = exponential(difference);
    sum += weight;
    // A logit of minus infinity has no weight; 0 * -Infinity is not a number.
    if (weight > 0) weighted += weight * difference;
    if (logit >= chosenLogit && (logit > chosenLogit || id < chosen)) rank++;
  }
  const logSum = Math.log(sum);
  return {
    logProbability: chosenLogit - highest - logSum,
    rank,
    entropy: Math.max(0, logSum - weighted / sum),
    alternatives: best.slice(0, count).map((id) => ({ id, logProbability: (logits[id] as number) - highest - logSum })),
  };
}
