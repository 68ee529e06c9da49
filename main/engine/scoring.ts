/**
 * The probability of given ids. Row i of the logits predicts id i + 1, so n ids take n - 1 rows, and the first is predicted by
 * nothing. Rows come in chunks whose logits are read and dropped before the next run: 64 rows of Lucie's vocabulary are 16 MB. What
 * the cache holds of the ids is used where no row of it is needed; the scores are the same however the rows are cut (`row-plan.ts`).
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { KvCache } from './kv-cache.ts';
import type { LanguageModel } from './language-model.ts';
import { PrefillPace } from './prefill-pace.ts';
import { readPrompt } from './prefill.ts';
import { tokenStatistics, type TokenStatistics } from './sampling/token-statistics.ts';

const mostRows = 64;

export interface ScoringOptions {
  /** Alternatives for each token. */
  topK: number;
  /** The first id to score, counted from 0; by default the second. */
  from?: number;
  /** Read the last id as well, and tell what may follow it. */
  next?: boolean;
  /** Aborted: the generator ends after the run that is under way. */
  signal: AbortSignal;
}

export interface ScoredChunk {
  /** For the next ids in order, `null` for one that is not predicted; empty while a beginning is read. */
  statistics: (TokenStatistics | null)[];
  /** Rows run so far in this call, of how many. */
  done: number;
  total: number;
  /** What may follow the last id, in the last chunk of a call that asked for it. */
  next?: NextStatistics;
}

export type NextStatistics = Pick<TokenStatistics, 'entropy' | 'alternatives'>;

/** Scores ids that fit into the context. Afterwards the cache holds all that were run: with `next` all of them, else all but the last. */
export async function* scoreText(
  model: LanguageModel,
  cache: KvCache,
  ids: readonly number[],
  options: ScoringOptions,
): AsyncGenerator<ScoredChunk, void, undefined> {
  const { topK, signal } = options;
  const from = Math.min(Math.max(1, options.from ?? 1), ids.length);
  const isToldNext = options.next === true && ids.length > 0;
  if (from >= ids.length && !isToldNext) {
    // Nothing is to be predicted, so nothing is read.
    yield { statistics: new Array<null>(from).fill(null), done: 0, total: 0 };
    return;
  }
  const end = ids.length - 1;
  cache.rewind(Math.min(cache.commonPrefix(ids), from - 1));
  const held = cache.length;
  const total = end - held + (isToldNext ? 1 : 0);
  const progress = (): Pick<ScoredChunk, 'done' | 'total'> => ({ done: cache.length - held, total });
  yield { statistics: new Array<null>(from).fill(null), done: 0, total };
  while (cache.length < Math.min(from - 1, end) && !signal.aborted) {
    await readPrompt(model, cache, ids.slice(0, from - 1));
    yield { statistics: [], ...progress() };
  }
  // Rows with logits take longer than those of a prompt: they have a pace of their own.
  const pace = new PrefillPace();
  while (cache.length < end && !signal.aborted) {
    const size = Math.min(mostRows, pace.next(end - cache.length));
    const position = cache.length;
    const begunAt = performance.now();
    const rows = await model.feed(cache, ids.slice(position, position + size), size);
    const statistics = rows.map((row, i) => tokenStatistics(row, ids[position + i + 1] as number, topK));
    pace.ran(size, performance.now() - begunAt);
    yield { statistics, ...progress() };
    await nextTurn();
  }
  if (isToldNext && !signal.aborted) yield { ...(await readNext(model, cache, ids, topK)), ...progress() };
}

/** The row after the last id, which is read if the cache holds all before it. */
async function readNext(
  model: LanguageModel,
  cache: KvCache,
  ids: readonly number[],
  topK: number,
): Promise<Pick<ScoredChunk, 'statistics' | 'next'>> {
  const last = await readPrompt(model, cache, ids);
  const { entropy, alternatives } = tokenStatistics(last, 0, topK);
  return { statistics: [], next: { entropy, alternatives } };
}
