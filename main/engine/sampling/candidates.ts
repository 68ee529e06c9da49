/**
 * The tokens among which the next one is drawn, and the cuts that make them few: top-k, top-p, min-p, locally typical. Each cut
 * works on what the one before left, renormalised.
 *
 * Speed comes from never ordering a whole vocabulary: what is so improbable that a cut drops it for certain is left out first.
 */
import type { Sampling } from '../../contract/sampling.ts';
import { bestIds, type Scores } from './best-ids.ts';
import { exponential } from './exponential.ts';
import { RankingHeap } from './ranking-heap.ts';

/** Up to here one pass finds the k best faster than a heap of the vocabulary. */
const fewBest = 128;

export class Candidates {
  /** Scores of the whole vocabulary relative to the best one, after the temperature. */
  readonly #scores: Float64Array;
  readonly #weightOf: Float64Array;
  readonly #heap: RankingHeap;
  /** What is left: the first `#count` entries; weights are probabilities relative to the best token's. */
  readonly #ids: Uint32Array;
  readonly #weights: Float64Array;
  readonly #deviations: Float64Array;
  #count = 0;

  constructor(vocabularySize: number) {
    this.#scores = new Float64Array(vocabularySize);
    this.#weightOf = new Float64Array(vocabularySize);
    this.#heap = new RankingHeap(vocabularySize);
    this.#ids = new Uint32Array(vocabularySize);
    this.#weights = new Float64Array(vocabularySize);
    this.#deviations = new Float64Array(vocabularySize);
  }

  /** Starts with every token of a finite logit and applies all cuts; `highest` is the highest logit. */
  choose(logits: Scores, highest: number, settings: Sampling): void {
    const { temperature, topK, topP, minP, typicalP } = settings;
    const scores = this.#scores;
    for (let id = 0; id < scores.length; id++) scores[id] = ((logits[id] as number) - highest) / temperature;
    this.#count = 0;
    if (topK > 0 && topK < scores.length) {
      this.#keepBest(topK);
      if (topP < 1) this.#keepNucleus(topP);
      if (minP > 0) this.#keepAtLeast(minP);
    } else if (topP < 1) {
      this.#keepNucleusOfAll(topP);
      if (minP > 0) this.#keepAtLeast(minP);
    } else {
      const threshold = minP === 0 ? -Infinity : Math.log(minP);
      for (let id = 0; id < scores.length; id++) {
        const score = scores[id] as number;
        if (score < threshold) continue;
        const weight = exponential(score);
        if (weight > 0) this.#keep(id, weight);
      }
    }
    if (typicalP < 1) this.#keepTypical(typicalP);
  }

  /** The token at a fraction in [0, 1) of the total probability, with its own share of it; `null` where none is left. */
  at(fraction: number): { id: number; probability: number } | null {
    const total = this.#totalWeight();
    let remaining = fraction * total;
    let place = 0;
    for (; place < this.#count - 1; place++) {
      remaining -= this.#weights[place] as number;
      if (remaining < 0) break;
    }
    if (place >= this.#count) return null;
    return { id: this.#ids[place] as number, probability: (this.#weights[place] as number) / total };
  }

  #keepBest(count: number): void {
    if (count <= fewBest) {
      for (const id of bestIds(this.#scores, count)) this.#keep(id, exponential(this.#scores[id] as number));
      return;
    }
    this.#heap.start(this.#scores);
    for (let id = 0; id < this.#scores.length; id++) if (this.#scores[id] !== -Infinity) this.#heap.add(id);
    this.#heap.arrange();
    for (let id = this.#heap.pop(); id >= 0 && this.#count < count; id = this.#heap.pop()) {
      this.#keep(id, exponential(this.#scores[id] as number));
    }
  }

  /** Of candidates in descending order. */
  #keepNucleus(topP: number): void {
    const nucleus = topP * this.#totalWeight();
    let mass = 0;
    let place = 0;
    for (; place < this.#count && mass < nucleus; place++) mass += this.#weights[place] as number;
    this.#count = place;
  }

  /** All that are lighter than `negligible` weigh less than half of what the nucleus leaves out: they need no order. */
  #keepNucleusOfAll(topP: number): void {
    const [scores, weightOf, heap] = [this.#scores, this.#weightOf, this.#heap];
    let total = 0;
    for (let id = 0; id < scores.length; id++) total += weightOf[id] = exponential(scores[id] as number);
    const negligible = (0.5 * (1 - topP) * total) / scores.length;
    heap.start(scores);
    for (let id = 0; id < scores.length; id++) if ((weightOf[id] as number) > negligible) heap.add(id);
    heap.arrange();
    const nucleus = topP * total;
    for (let mass = 0; mass < nucleus;) {
      const id = heap.pop();
      if (id < 0) break;
      this.#keep(id, weightOf[id] as number);
      mass += weightOf[id] as number;
    }
  }

  #keepAtLeast(minP: number): void {
    let left = 0;
    for (let place = 0; place < this.#count; place++) {
      if ((this.#weights[place] as number) < minP) continue;
      this.#ids[left] = this.#ids[place] as number;
      this.#weights[left] = this.#weights[place] as number;
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
    const [ids, weights, deviations, heap] = [this.#ids, this.#weights, this.#deviations, this.#heap];
    const total = this.#totalWeight();
    const logTotal = Math.log(total);
    let entropy = logTotal;
    for (let place = 0; place < this.#count; place++) {
      const weight = weights[place] as number;
      if (weight > 0) entropy -= (weight / total) * (this.#scores[ids[place] as number] as number);
    }
    const negligible = Math.min((0.5 * (1 - typicalP) * total) / this.#count, total * Math.exp(-2 * entropy - 1e-6));
    heap.start(deviations);
    for (let place = 0; place < this.#count; place++) {
      if ((weights[place] as number) < negligible) continue;
      deviations[place] = -Math.abs(logTotal - (this.#scores[ids[place] as number] as number) - entropy);
      heap.add(place);
    }
    heap.arrange();
    this.#count = this.#gather(typicalP * total);
  }

  /** Moves the places that the heap gives to the front until they have the mass. */
  #gather(needed: number): number {
    const places: number[] = [];
    for (let mass = 0; mass < needed;) {
      const place = this.#heap.pop();
      if (place < 0) break;
      places.push(place);
      mass += this.#weights[place] as number;
    }
    // In ascending order nothing is overwritten before it is read.
    places.sort((a, b) => a - b);
    for (const [left, place] of places.entries()) {
      this.#ids[left] = this.#ids[place] as number;
      this.#weights[left] = this.#weights[place] as number;
    }
    return places.length;
  }

  #keep(id: number, weight: number): void {
    this.#ids[this.#count] = id;
    this.#weights[this.#count] = weight;
    this.#count++;
  }

  #totalWeight(): number {
    let total = 0;
    for (let place = 0; place < this.#count; place++) total += this.#weights[place] as number;
    return total;
  }
}
