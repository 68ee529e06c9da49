/**
 * Chooses the next token.
 *
 * Order of the steps, that of transformers' `generate`: logit bias, repetition penalty, frequency and presence penalty, bans and
 * grammar (all on logits, `logit-adjustments.ts`); then temperature, top-k, top-p, min-p, typical (`candidates.ts`); then the
 * draw. llama.cpp's default applies the temperature last, after the cuts. Where transformers keeps every token tied at the k-th
 * place, exactly k are kept here, lower ids first. docs/sampling.md has every definition.
 */
import { WorkbenchError } from '../../contract/errors.ts';
import type { Sampling } from '../../contract/sampling.ts';
import { bestId } from './best-ids.ts';
import { Candidates } from './candidates.ts';
import { LogitAdjustments } from './logit-adjustments.ts';
import type { Random } from './random.ts';

export interface Choice {
  id: number;
  /** Of this token after all steps; 1 for a greedy choice. */
  probability: number;
}

export class Sampler {
  readonly #settings: Sampling;
  readonly #random: Random;
  readonly #adjustments: LogitAdjustments;
  readonly #candidates: Candidates | null;

  /** @throws WorkbenchError `INVALID_INPUT` where a bias names a token outside the vocabulary */
  constructor(settings: Sampling, vocabularySize: number, random: Random) {
    this.#settings = settings;
    this.#random = random;
    this.#adjustments = new LogitAdjustments(settings, vocabularySize);
    const isGreedy = settings.temperature === 0 || settings.topK === 1;
    this.#candidates = isGreedy ? null : new Candidates(vocabularySize);
  }

  /** Makes the ids of the prompt count as seen, for the repetition penalty. */
  observe(ids: readonly number[]): void {
    this.#adjustments.observe(ids);
  }

  /** Makes an id of the answer count, for all penalties. */
  accept(id: number): void {
    this.#adjustments.accept(id);
  }

  /**
   * `logits` (one for each vocabulary entry) are not changed. `allowed` has one bit for each token (constraints.ts); `null`
   * allows all.
   *
   * @throws WorkbenchError `NO_TOKEN_ALLOWED`
   */
  choose(logits: Float32Array, allowed: Uint32Array | null = null): Choice {
    const scores = this.#adjustments.apply(logits, allowed);
    const best = bestId(scores);
    const highest = scores[best] as number;
    if (highest === -Infinity) throw noTokenAllowed();
    if (this.#candidates === null) return { id: best, probability: 1 };
    this.#candidates.choose(scores, highest, this.#settings);
    // Logits that are not numbers leave no candidate; who looks at the raw distribution reports them.
    return this.#candidates.at(this.#random.nextFloat()) ?? { id: best, probability: 1 };
  }
}

function noTokenAllowed(): WorkbenchError {
  return new WorkbenchError('NO_TOKEN_ALLOWED', 'The bans and the grammar together allow no token here.', {
    action: 'Take banned strings or biases away, or change the grammar.',
  });
}
