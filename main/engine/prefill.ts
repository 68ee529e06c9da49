/** Runs what a cache does not hold of a prompt, in chunks, with a turn of the event loop after each. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { GenerationEvent } from '../contract/engine.ts';
import type { TakenCache } from './cache-pool.ts';
import type { LanguageModel } from './language-model.ts';

type PrefillEvent = Extract<GenerationEvent, { type: 'prefill' }>;

export interface Prefilled {
  /** Of the last prompt token; `null` where it was cancelled before. */
  logits: Float32Array | null;
  /** Tokens that were run. */
  tokens: number;
}

export async function* prefill(
  model: LanguageModel,
  { cache, reuse }: TakenCache,
  promptIds: readonly number[],
  signal: AbortSignal,
): AsyncGenerator<PrefillEvent, Prefilled> {
  const total = promptIds.length - reuse.reusedTokens;
  const progress = (done: number): PrefillEvent => ({
    type: 'prefill',
    reuse,
    progress: { phase: 'prefill', done, total, unit: 'tokens' },
    remainingMs: model.pace.remainingMs(total - done),
  });
  yield progress(0);
  let logits: Float32Array | null = null;
  let tokens = 0;
  while (tokens < total && !signal.aborted) {
    const size = model.pace.next(total - tokens);
    const start = reuse.reusedTokens + tokens;
    const begunAt = performance.now();
    const rows = await model.feed(cache, promptIds.slice(start, start + size));
    model.pace.ran(size, performance.now() - begunAt);
    tokens += size;
    if (tokens === total) logits = rows[0] ?? null;
    await nextTurn();
    yield progress(tokens);
  }
  return { logits, tokens };
}
