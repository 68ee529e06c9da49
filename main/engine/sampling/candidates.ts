/**
 * The tokens among which the next one is drawn, and the cuts that make them few: top-k, top-p, min-p, locally typical. Each cut
 * works on what the one before left, renormalised.
 *
 * Speed comes from never ordering a whole vocabulary: what is so improbable that a cut drops it for certain is left out first.
 * Weights are probabilities relative to the best token's, so that its weight is 1.
 */
import type { Sampling } from '../../contract/sampling.ts';
import { bestIds } from './best-ids.ts';
import { exponential } from './exponential.ts';
import { RankingHeap } from './ranking-heap.ts';

/** Up to here one pass finds the k best faster than a heap of the vocabulary. */
const fewBest = 128;

export class Candidates {
  readonly #vocabularySize: number;
  readonly #weightOf: Float64Array;
  readonly #heap: RankingHeap;
  /** What is left: the first `#count` entries. */
  readonly #ids: Uint32Array;
  readonly #weights: Float64Array;
  #count = 0;
  /** Made when first needed. */
  #deviations: Float64Array | null = null;

  constructor(vocabularySize: number) {
    this.#vocabularySize = vocabularySize;
    this.#weightOf = new Float64Array(vocabularySize);
    this.#heap = new RankingHeap(vocabularySize);
    this.#ids = new Uint32Array(vocabularySize);
    this.#weights = new Float64Array(vocabularySize);
  }

  /** Starts with every possible token and applies all cuts; `highest` is the highest of the logits. */
  choose(logits: Float32Array, highest: number, settings: Sampling): void {
    const { temperature, topK, topP, minP, typicalP } = settings;
    if (topK > 0 && topK <= fewBest) this.#keepFewBest(logits, highest, temperature, topK);
    else if (topK > 0 || topP < 1) this.#keepBest(weigh(logits, highest, temperature, this.#weightOf), topK, topP);
    else this.#keepFrom(logits, highest, temperature, minP);
    if (topK > 0 && topP < 1) this.#keepNucleus(topP);
    if (minP > 0) this.#keepAtLeast(minP);
    if (typicalP < 1) this.#keepTypical(typicalP);
  }

  /** The token at a fraction in [0, 1) of the total probability, with its own share of it; `null` where none is left. */
  at(fraction: number): { id: number; probability: number } | null {
    const [weights, last] = [this.#weights, this.#count - 1];
    if (last < 0) return null;
    const total = sum(weights, this.#count);
    let place = 0;
    for (let remaining = fraction * total; place < last; place++) {
      remaining -= weights[place] as number;
      if (remaining < 0) break;
    }
    return { id: this.#ids[place] as number, probability: (weights[place] as number) / total };
  }

  #keepFewBest(logits: Float32Array, highest: number, temperature: number, topK: number): void {
    const best = bestIds(logits, topK);
    for (const [place, id] of best.entries()) {
      this.#ids[place] = id;
      this.#weights[place] = exponential(((logits[id] as number) - highest) / temperature);
    }
    this.#count = best.length;
  }

  /**
   * In descending order, with `total` the weight of all: the k best, or without k the smallest set of the mass p. For that, all
   * tokens lighter than `negligible` weigh less than half of what is left out: they need no order.
   */
  #keepBest(total: number, topK: number, topP: number): void {
    const [ids, weights, weightOf] = [this.#ids, this.#weights, this.#weightOf];
    const negligible = topK > 0 ? 0 : (0.5 * (1 - topP) * total) / this.#vocabularySize;
    const [most, needed] = topK > 0 ? [topK, Infinity] : [Infinity, topP * total];
    this.#heap.fill(weightOf, this.#vocabularySize, Math.max(negligible, Number.MIN_VALUE));
    let count = 0;
    for (let mass = 0; mass < needed && count < most; count++) {
      const id = this.#heap.pop();
      if (id < 0) break;
      const weight = weightOf[id] as number;
      ids[count] = id;
      weights[count] = weight;
      mass += weight;
    }
    this.#count = count;
  }

  /** In ascending order of id: all, or those that min-p will keep. */
  #keepFrom(logits: Float32Array, highest: number, temperature: number, minP: number): void {
    const [ids, weights, scale] = [this.#ids, this.#weights, 1 / temperature];
    // A little lower, so that rounding drops nothing; the cut itself follows.
    const lowest = minP === 0 ? -Infinity : highest + temperature * Math.log(minP) - 1e-3;
    let count = 0;
    for (let id = 0; id < logits.length; id++) {
      const logit = logits[id] as number;
      if (logit < lowest) continue;
      const weight = exponential((logit - highest) * scale);
      ids[count] = id;
      weights[count] = weight;
      if (weight > 0) count++;
    }
    this.#count = count;
  }

  /** Of candidates in descending order. */
  #keepNucleus(topP: number): void {
    const weights = this.#weights;
    const nucleus = topP * sum(weights, this.#count);
    let place = 0;
    for (let mass = 0; place < this.#count && mass < nucleus; place++) mass += weights[place] as number;
    this.#count = place;
  }

  #keepAtLeast(minP: number): void {
    const [ids, weights] = [this.#ids, this.#weights];
    let left = 0;
    for (let place = 0; place < this.#count; place++) {
      if ((weights[place] as number) < minP) continue;
      ids[left] = ids[place] as number;
      weights[left] = weights[place] as number;
      left++;
    }
    this.#count = left;
  }

  /**
   * The tokens whose information is nearest to the entropy, up to the mass p (Meister et al. 2023, arXiv:2202.00666). A token
   * below both bounds of `negligible` comes after all others (its deviation exceeds the entropy, which bounds the deviation of
   * the probable ones) and all of these together weigh less than half of what is left out.
   */
  #keepTypical(typicalP: number): void {
    const [weights, count] = [this.#weights, this.#count];
    const deviations = (this.#deviations ??= new Float64Array(this.#vocabularySize));
    const total = sum(weights, count);
    const logTotal = Math.log(total);
    let entropy = logTotal;
    for (let place = 0; place < count; place++) {
      const weight = weights[place] as number;
      const logWeight = Math.log(weight);
      deviations[place] = logWeight;
      if (weight > 0) entropy -= (weight / total) * logWeight;
    }
    const negligible = Math.min((0.5 * (1 - typicalP) * total) / count, total * Math.exp(-2 * entropy - 1e-6));
    for (let place = 0; place < count; place++) {
      const deviation = Math.abs(logTotal - (deviations[place] as number) - entropy);
      deviations[place] = (weights[place] as number) < negligible ? -Infinity : -deviation;
    }
    this.#heap.fill(deviations, count, -Number.MAX_VALUE);
    this.#gather(typicalP * total);
  }

  /** Moves the places that the heap gives to the front, until they have the mass. */
  #gather(needed: number): void {
    const [ids, weights] = [this.#ids, this.#weights];
    const places: number[] = [];
    for (let mass = 0; mass < needed;) {
      const place = this.#heap.pop();
      if (place < 0) break;
      places.push(place);
      mass += weights[place] as number;
    }
    // In ascending order nothing is overwritten before it is read.
    places.sort((a, b) => a - b);
    for (const [left, place] of places.entries()) {
      ids[left] = ids[place] as number;
      weights[left] = weights[place] as number;
    }
    this.#count = places.length;
  }
}

/** One weight for each logit; gives their sum. */
function weigh(logits: Float32Array, highest: number, temperature: number, weights: Float64Array): number {
  const scale = 1 / temperature;
  let total = 0;
  for (let id = 0; id < logits.length; id++) {
    const weight = exponential(((logits[id] as number) - highest) * scale);
    weights[id] = weight;
    total += weight;
  }
  return total;
}

function sum(weights: Float64Array, count: number): number {
  let total = 0;
  for (let place = 0; place < count; place++) total += weights[place] as number;
  return total;
}
