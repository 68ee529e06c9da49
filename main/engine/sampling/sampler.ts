/**
 * Chooses the next token.
 *
 * Order of the steps, that of transformers' `generate`: repetition penalty, temperature, top-k, top-p, min-p, draw
 * (llama.cpp's default applies the temperature last, after the cuts). Each cut works on what the one before left,
 * renormalised. Where transformers keeps every token tied at the k-th place, exactly k are kept here, lower ids first.
 */
import type { Sampling } from '../../contract/sampling.ts';
import type { Random } from './random.ts';
import { RankingHeap } from './ranking-heap.ts';

export class Sampler {
  readonly #settings: Sampling;
  readonly #random: Random;
  readonly #seen: Uint8Array;
  readonly #seenIds: number[] = [];
  readonly #scores: Float64Array;
  readonly #heap: RankingHeap;
  /** What the cuts left: the first `#kept` entries; weights are probabilities relative to the best token's. */
  readonly #keptIds: Uint32Array;
  readonly #keptWeights: Float64Array;
  #kept = 0;

  constructor(settings: Sampling, vocabularySize: number, random: Random) {
    this.#settings = settings;
    this.#random = random;
    this.#seen = new Uint8Array(vocabularySize);
    this.#scores = new Float64Array(vocabularySize);
    this.#heap = new RankingHeap(vocabularySize);
    this.#keptIds = new Uint32Array(vocabularySize);
    this.#keptWeights = new Float64Array(vocabularySize);
  }

  /** Makes the ids count as seen for the repetition penalty: the prompt, then every generated token. */
  observe(ids: readonly number[]): void {
    for (const id of ids) {
      if (this.#seen[id] !== 0) continue;
      this.#seen[id] = 1;
      this.#seenIds.push(id);
    }
  }

  /** The chosen id. `logits` (one for each vocabulary entry) are not changed. */
  choose(logits: Float32Array): number {
    const scores = this.#scores;
    scores.set(logits);
    this.#penalise(scores);
    const best = indexOfBest(scores);
    const { temperature, topK, topP, minP } = this.#settings;
    if (temperature === 0 || topK === 1) return best;
    const bestScore = scores[best] as number;
    for (let id = 0; id < scores.length; id++) scores[id] = ((scores[id] as number) - bestScore) / temperature;
    if (topK === 0 && topP === 1) this.#keepAbove(Math.log(minP));
    else this.#keepBest(topK, topP, minP);
    return this.#draw();
  }

  #penalise(scores: Float64Array): void {
    const penalty = this.#settings.repetitionPenalty;
    if (penalty === 1) return;
    for (const id of this.#seenIds) {
      const score = scores[id] as number;
      scores[id] = score > 0 ? score / penalty : score * penalty;
    }
  }

  #keepAbove(threshold: number): void {
    this.#kept = 0;
    for (let id = 0; id < this.#scores.length; id++) if ((this.#scores[id] as number) >= threshold) this.#keep(id);
  }

  #keepBest(topK: number, topP: number, minP: number): void {
    this.#kept = 0;
    this.#heap.fill(this.#scores);
    const limit = topK === 0 ? this.#scores.length : Math.min(topK, this.#scores.length);
    if (topK !== 0) while (this.#kept < limit) this.#keep(this.#heap.pop());
    const nucleus = topP * (topK === 0 ? sumOfExponentials(this.#scores) : this.#totalWeight());
    let mass = 0;
    let count = 0;
    for (; count < limit && (topP === 1 || mass < nucleus); count++) {
      if (count === this.#kept) this.#keep(this.#heap.pop());
      const weight = this.#keptWeights[count] as number;
      if (weight < minP) break;
      mass += weight;
    }
    this.#kept = count;
  }

  #draw(): number {
    let remaining = this.#random.nextFloat() * this.#totalWeight();
    for (let i = 0; i < this.#kept; i++) {
      remaining -= this.#keptWeights[i] as number;
      if (remaining < 0) return this.#keptIds[i] as number;
    }
    return this.#keptIds[this.#kept - 1] as number;
  }

  #keep(id: number): void {
    this.#keptIds[this.#kept] = id;
    this.#keptWeights[this.#kept] = Math.exp(this.#scores[id] as number);
    this.#kept++;
  }

  #totalWeight(): number {
    let total = 0;
    for (let i = 0; i < this.#kept; i++) total += this.#keptWeights[i] as number;
    return total;
  }
}

/** The index of the highest value; the lowest index among equals. */
function indexOfBest(scores: Float64Array): number {
  let best = 0;
  for (let id = 1; id < scores.length; id++) if ((scores[id] as number) > (scores[best] as number)) best = id;
  return best;
}

function sumOfExponentials(scores: Float64Array): number {
  let sum = 0;
  for (let id = 0; id < scores.length; id++) sum += Math.exp(scores[id] as number);
  return sum;
}
