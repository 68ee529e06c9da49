/**
 * What happens to the logits before any probability is computed, in this order: logit bias (added), repetition penalty,
 * frequency and presence penalty, and the tokens that may not come set to minus infinity. transformers' `generate` has the same
 * order for those that it knows, and like here rounds to float32; frequency and presence follow the repetition penalty as in llama.cpp and vLLM.
 */
import { WorkbenchError } from '../../contract/errors.ts';
import type { Sampling } from '../../contract/sampling.ts';

export class LogitAdjustments {
  readonly #settings: Sampling;
  readonly #biasIds: number[];
  readonly #biases: number[];
  /** For the repetition penalty: ids of the prompt and of the answer, each once. */
  readonly #seenIds: number[] = [];
  readonly #isSeen: Uint8Array;
  /** For the frequency and presence penalties: ids of the answer only, each once. */
  readonly #generatedIds: number[] = [];
  readonly #generatedCounts: Uint32Array;
  readonly #scores: Float32Array;
  readonly #changesScores: boolean;

  /** @throws WorkbenchError `INVALID_INPUT` where a bias names a token outside the vocabulary */
  constructor(settings: Sampling, vocabularySize: number) {
    this.#settings = settings;
    this.#biasIds = Object.keys(settings.logitBias).map(Number);
    this.#biases = Object.values(settings.logitBias);
    const outside = this.#biasIds.find((id) => id >= vocabularySize);
    if (outside !== undefined) {
      throw new WorkbenchError(
        'INVALID_INPUT',
        `The logit bias names token ${outside}; the vocabulary has ${vocabularySize}.`,
        {
          action: 'Take token ids of the loaded model.',
          details: { token: outside, limit: vocabularySize },
        },
      );
    }
    this.#isSeen = new Uint8Array(vocabularySize);
    this.#generatedCounts = new Uint32Array(vocabularySize);
    this.#scores = new Float32Array(vocabularySize);
    const { repetitionPenalty, frequencyPenalty, presencePenalty } = settings;
    this.#changesScores =
      this.#biasIds.length > 0 || repetitionPenalty !== 1 || frequencyPenalty !== 0 || presencePenalty !== 0;
  }

  /** Ids of the prompt. */
  observe(ids: readonly number[]): void {
    for (const id of ids) this.#see(id);
  }

  /** An id of the answer. */
  accept(id: number): void {
    this.#see(id);
    if (this.#generatedCounts[id] === 0) this.#generatedIds.push(id);
    this.#generatedCounts[id] = (this.#generatedCounts[id] ?? 0) + 1;
  }

  /**
   * `logits` themselves where nothing changes them, else a buffer that the next call overwrites. Bit `id` of `allowed`
   * (bit `id % 32` of word `id / 32`) says whether a token may come; `null` allows all.
   */
  apply(logits: Float32Array, allowed: Uint32Array | null): Float32Array {
    if (!this.#changesScores && allowed === null) return logits;
    const scores = this.#scores;
    scores.set(logits);
    for (const [i, id] of this.#biasIds.entries()) scores[id] = (scores[id] as number) + (this.#biases[i] as number);
    this.#penalise(scores);
    if (allowed !== null) forbid(scores, allowed);
    return scores;
  }

  #see(id: number): void {
    if (this.#isSeen[id] !== 0) return;
    this.#isSeen[id] = 1;
    this.#seenIds.push(id);
  }

  #penalise(scores: Float32Array): void {
    const { repetitionPenalty, frequencyPenalty, presencePenalty } = this.#settings;
    if (repetitionPenalty !== 1) {
      for (const id of this.#seenIds) {
        const score = scores[id] as number;
        scores[id] = score > 0 ? score / repetitionPenalty : score * repetitionPenalty;
      }
    }
    if (frequencyPenalty === 0 && presencePenalty === 0) return;
    for (const id of this.#generatedIds) {
      const count = this.#generatedCounts[id] as number;
      scores[id] = (scores[id] as number) - count * frequencyPenalty - presencePenalty;
    }
  }
}

function forbid(scores: Float32Array, allowed: Uint32Array): void {
  for (let start = 0; start < scores.length; start += 32) {
    const word = allowed[start >>> 5] as number;
    if (word === 0xffff_ffff) continue;
    const end = Math.min(start + 32, scores.length);
    for (let id = start; id < end; id++) if (((word >>> (id & 31)) & 1) === 0) scores[id] = -Infinity;
  }
}
