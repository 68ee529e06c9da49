/** What a model found of the tokens of a text, in columns: objects for 300,000 tokens with ten alternatives each would take a gigabyte. */
import type { NextToken, ScoredToken } from '../../../main/contract/scoring.ts';
import type { Alternative } from '../../../main/contract/tokens.ts';
import type { TokenScore } from './colouring.ts';

export const alternativesKept = 10;

export interface ScoreSum {
  readonly tokens: number;
  readonly nats: number;
}

export class ScoreColumns {
  /** Of the text that is scored, without what the model puts before it. */
  readonly ids: Uint32Array;
  /** Tokens from the first on that are scored. */
  filled = 0;
  /** What may follow the last one. */
  next: NextToken | null = null;
  readonly #logProbabilities: Float32Array;
  readonly #ranks: Uint32Array;
  readonly #entropies: Float32Array;
  readonly #otherIds: Uint32Array;
  readonly #otherLogProbabilities: Float32Array;
  readonly #pieces = new Map<number, string>();

  constructor(ids: Uint32Array) {
    this.ids = ids;
    this.#logProbabilities = new Float32Array(ids.length);
    this.#ranks = new Uint32Array(ids.length);
    this.#entropies = new Float32Array(ids.length);
    this.#otherIds = new Uint32Array(ids.length * alternativesKept);
    this.#otherLogProbabilities = new Float32Array(ids.length * alternativesKept);
  }

  /** The scores of the first `count` tokens of other columns, which have the same ids there. */
  static continued(from: ScoreColumns | null, ids: Uint32Array, count: number): ScoreColumns {
    const columns = new ScoreColumns(ids);
    if (from === null) return columns;
    columns.filled = count;
    columns.#logProbabilities.set(from.#logProbabilities.subarray(0, count));
    columns.#ranks.set(from.#ranks.subarray(0, count));
    columns.#entropies.set(from.#entropies.subarray(0, count));
    columns.#otherIds.set(from.#otherIds.subarray(0, count * alternativesKept));
    columns.#otherLogProbabilities.set(from.#otherLogProbabilities.subarray(0, count * alternativesKept));
    for (const [id, piece] of from.#pieces) columns.#pieces.set(id, piece);
    return columns;
  }

  /** The next token in order. Returns whether it is the one that is expected there. */
  add(scored: ScoredToken): boolean {
    const index = this.filled;
    if (this.ids[index] !== scored.id) return false;
    this.#logProbabilities[index] = scored.logProbability ?? Number.NaN;
    this.#ranks[index] = scored.rank ?? 0;
    this.#entropies[index] = scored.entropy ?? Number.NaN;
    const first = index * alternativesKept;
    for (const [place, { id, piece, logProbability }] of scored.alternatives.slice(0, alternativesKept).entries()) {
      this.#otherIds[first + place] = id;
      this.#otherLogProbabilities[first + place] = logProbability;
      this.#pieces.set(id, piece);
    }
    this.filled += 1;
    return true;
  }

  /** `null` where it is not scored. */
  at(index: number): TokenScore | null {
    if (index >= this.filled) return null;
    const logProbability = this.#logProbabilities[index] ?? Number.NaN;
    if (Number.isNaN(logProbability)) return null;
    return { logProbability, rank: this.#ranks[index] ?? 0, entropy: this.#entropies[index] ?? 0 };
  }

  /** Best first. */
  alternatives(index: number): Alternative[] {
    const found: Alternative[] = [];
    if (index >= this.filled) return found;
    for (let i = index * alternativesKept; i < (index + 1) * alternativesKept; i++) {
      const [id, logProbability] = [this.#otherIds[i] ?? 0, this.#otherLogProbabilities[i] ?? 0];
      // Log-probabilities are below 0; a place that was not filled is 0.
      if (logProbability < 0) found.push({ id, logProbability, piece: this.#pieces.get(id) ?? `#${id}` });
    }
    return found;
  }

  /** Of the tokens from `first` to `last`, which it excludes: those that are scored. */
  sum(first: number, last: number): ScoreSum {
    let [tokens, nats] = [0, 0];
    for (let i = first; i < Math.min(last, this.filled); i++) {
      const value = this.#logProbabilities[i] as number;
      if (Number.isNaN(value)) continue;
      tokens += 1;
      nats -= value;
    }
    return { tokens, nats };
  }
}

/** How many ids from the first on are the same. */
export function commonLength(first: Uint32Array, second: Uint32Array): number {
  const limit = Math.min(first.length, second.length);
  let count = 0;
  while (count < limit && first[count] === second[count]) count += 1;
  return count;
}
