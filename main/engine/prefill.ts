/** Runs what a cache does not hold of a prompt, in chunks, with a turn of the event loop after each. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { GenerationEvent } from '../contract/engine.ts';
import type { TakenCache } from './cache-pool.ts';
import type { KvCache } from './kv-cache.ts';
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
    const last = await readPrompt(model, cache, promptIds);
    tokens = cache.length - reuse.reusedTokens;
    if (tokens === total) logits = last;
    yield progress(tokens);
  }
  return { logits, tokens };
}

/** Runs the next chunk of what a cache does not hold of a prompt, and gives the logits after its last id. */
export async function readPrompt(model: LanguageModel, cache: KvCache, ids: readonly number[]): Promise<Float32Array> {
  const size = model.pace.next(ids.length - cache.length);
  const begunAt = performance.now();
  const [row] = await model.feed(cache, ids.slice(cache.length, cache.length + size));
  model.pace.ran(size, performance.now() - begunAt);
  await nextTurn();
  return row as Float32Array;
}
