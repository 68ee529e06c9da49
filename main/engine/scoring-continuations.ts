/**
 * The probability of several continuations of one text: the text is run once, every continuation goes on from its keys and values,
 * and all of their first tokens are read from one row of logits. A continuation of one token takes no run at all.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { KvCache } from './kv-cache.ts';
import type { LanguageModel } from './language-model.ts';
import { readPrompt } from './prefill.ts';
import { scoreText, type ScoringOptions } from './scoring.ts';
import { tokenStatistics, type TokenStatistics } from './sampling/token-statistics.ts';

export interface ScoredContinuation {
  /** Of its ids in order; `null` for as long as the text is read. */
  statistics: TokenStatistics[] | null;
  /** Rows run so far, of how many. */
  done: number;
  total: number;
}

/** Gives the continuations in order. Afterwards the cache holds the text that they continue. */
export async function* scoreContinuations(
  model: LanguageModel,
  cache: KvCache,
  prefixIds: readonly number[],
  continuations: readonly (readonly number[])[],
  { topK, signal }: Omit<ScoringOptions, 'from'>,
): AsyncGenerator<ScoredContinuation, void, undefined> {
  cache.rewind(Math.min(cache.commonPrefix(prefixIds), prefixIds.length - 1));
  const unread = prefixIds.length - cache.length;
  const total = unread + continuations.reduce((sum, { length }) => sum + length - 1, 0);
  const reading = (): ScoredContinuation => {
    return { statistics: null, done: unread - (prefixIds.length - cache.length), total };
  };
  yield reading();
  let last: Float32Array | null = null;
  while (cache.length < prefixIds.length) {
    if (signal.aborted) return;
    last = await readPrompt(model, cache, prefixIds);
    yield reading();
  }
  // The row is a part of all that a run gave: a copy lets go of the rest.
  const afterPrefix = Float32Array.from(last ?? []);
  let done = unread;
  for (const ids of continuations) {
    if (signal.aborted) return;
    const statistics = [tokenStatistics(afterPrefix, ids[0] as number, topK)];
    if (ids.length > 1) {
      const options = { topK, signal, from: prefixIds.length + 1 };
      for await (const chunk of scoreText(model, cache, [...prefixIds, ...ids], options)) {
        for (const scored of chunk.statistics) if (scored !== null) statistics.push(scored);
      }
      cache.rewind(prefixIds.length);
    }
    if (statistics.length < ids.length) return;
    done += ids.length - 1;
    yield { statistics, done, total };
    await nextTurn();
  }
}
