/**
 * Texts longer than the context, by the strided windows of https://huggingface.co/docs/transformers/perplexity: each window begins
 * `stride` further than the one before, counts positions from its own start, and scores what that one did not reach.
 */
import type { ScoringWindow } from '../contract/scoring.ts';
import type { KvCache } from './kv-cache.ts';
import type { LanguageModel } from './language-model.ts';
import { scoreText, type ScoredChunk, type ScoringOptions } from './scoring.ts';

/** As `scoreText`, for ids of any number. The cache is for this only: what it holds is written over. */
export async function* scoreWindows(
  model: LanguageModel,
  cache: KvCache,
  ids: readonly number[],
  window: ScoringWindow,
  options: ScoringOptions,
): AsyncGenerator<ScoredChunk, void, undefined> {
  const windows = planWindows(ids.length, options.from ?? 1, window);
  const isToldNext = ({ end }: PlannedWindow): boolean => options.next === true && end === ids.length;
  const rowsOf = (planned: PlannedWindow): number => {
    const { begin, end, from } = planned;
    if (isToldNext(planned)) return end - begin;
    return from < end ? end - begin - 1 : 0;
  };
  const total = windows.reduce((sum, planned) => sum + rowsOf(planned), 0);
  let before = 0;
  for (const [index, planned] of windows.entries()) {
    if (options.signal.aborted) return;
    const { begin, end, from } = planned;
    cache.rewind(0);
    const windowOptions = { ...options, from: from - begin, next: isToldNext(planned) };
    for await (const chunk of scoreText(model, cache, ids.slice(begin, end), windowOptions)) {
      // A window first tells what it does not score: of the first one that is the beginning, of the others what is known.
      const unscored = index === 0 ? new Array<null>(from).fill(null) : [];
      const statistics = chunk.statistics[0] === null ? unscored : chunk.statistics;
      yield { ...chunk, statistics, done: before + chunk.done, total };
    }
    before += rowsOf(planned);
  }
}

export interface PlannedWindow {
  /** The ids that the window reads, `end` excluded. */
  begin: number;
  end: number;
  /** The first id that it scores, never the first that it reads. */
  from: number;
}

/** Windows over `count` ids, of which those from `from` on are scored, each by one window only. The stride is below the length. */
export function planWindows(count: number, from: number, { length, stride }: ScoringWindow): PlannedWindow[] {
  const windows: PlannedWindow[] = [];
  let next = Math.min(Math.max(1, from), count);
  for (let begin = 0; ; begin += stride) {
    const end = Math.min(begin + length, count);
    const isNeeded = end > next || end === count;
    if (isNeeded) {
      windows.push({ begin, end, from: next });
      next = end;
    }
    if (end === count) return windows;
  }
}
