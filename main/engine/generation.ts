/**
 * One answer: prefills what the cache does not hold yet, then decodes token by token until a stop token, a limit or a
 * cancellation. Every run of the model is followed by a turn of the event loop, so that a cancellation arrives within a step.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FinishReason, GenerationEvent } from '../contract/engine.ts';
import { WorkbenchError } from '../contract/errors.ts';
import type { Sampling } from '../contract/sampling.ts';
import type { GeneratedToken } from '../contract/tokens.ts';
import { StreamingDecoder, type Tokenizer } from '../tokenizer/index.ts';
import type { LanguageModel } from './language-model.ts';
import { chunkSizes, reusableLength } from './prefill-plan.ts';
import { Random } from './sampling/random.ts';
import { Sampler } from './sampling/sampler.ts';
import { tokenStatistics } from './sampling/token-statistics.ts';

export interface GenerationRequest {
  promptIds: readonly number[];
  sampling: Sampling & { seed: number };
  stopIds: ReadonlySet<number>;
  /** Aborted: the stream ends with the reason `cancelled`. */
  signal: AbortSignal;
}

export async function* generate(
  model: LanguageModel,
  tokenizer: Tokenizer,
  request: GenerationRequest,
): AsyncGenerator<GenerationEvent, void, undefined> {
  const { promptIds, sampling, stopIds, signal } = request;
  const startedAt = performance.now();
  const reusedTokens = reusableLength(model.cache.commonPrefix(promptIds), promptIds.length);
  model.cache.rewind(reusedTokens);

  const total = promptIds.length - reusedTokens;
  let logits: Float32Array | null = null;
  let prefilledTokens = 0;
  const progress = (): GenerationEvent => ({
    type: 'prefill',
    reusedTokens,
    progress: { phase: 'prefill', done: prefilledTokens, total, unit: 'tokens' },
  });
  yield progress();
  for (const size of chunkSizes(total)) {
    if (signal.aborted) break;
    const start = reusedTokens + prefilledTokens;
    logits = await model.feed(promptIds.slice(start, start + size));
    prefilledTokens += size;
    await nextTurn();
    yield progress();
  }
  const prefilledAt = performance.now();

  const decoder = new StreamingDecoder(tokenizer);
  const sampler = new Sampler(sampling, model.config.vocabularySize, new Random(sampling.seed));
  sampler.observe(promptIds);
  let firstTokenAt: number | null = null;
  let generatedTokens = 0;
  let reason: FinishReason = 'cancelled';
  while (logits !== null && prefilledTokens === total && !signal.aborted) {
    const { id } = sampler.choose(logits);
    firstTokenAt ??= performance.now();
    if (stopIds.has(id)) {
      reason = 'stop-token';
      break;
    }
    const token = describeToken(tokenizer, decoder, logits, id);
    sampler.accept(id);
    generatedTokens++;
    yield { type: 'token', token };
    const limit = limitReached(model, promptIds.length + generatedTokens, generatedTokens, sampling.maxTokens);
    if (limit !== null) {
      reason = limit;
      break;
    }
    if (signal.aborted) break;
    logits = await model.feed([id]);
    await nextTurn();
  }
  const endedAt = performance.now();
  yield {
    type: 'end',
    reason,
    tail: decoder.flush(),
    statistics: {
      promptTokens: promptIds.length,
      reusedTokens,
      prefilledTokens,
      generatedTokens,
      prefillMs: prefilledAt - startedAt,
      timeToFirstTokenMs: (firstTokenAt ?? endedAt) - startedAt,
      decodeMs: firstTokenAt === null ? 0 : endedAt - firstTokenAt,
      seed: sampling.seed,
    },
  };
}

function limitReached(
  model: LanguageModel,
  positions: number,
  generated: number,
  maxTokens: number | null,
): FinishReason | null {
  if (maxTokens !== null && generated >= maxTokens) return 'max-tokens';
  return positions >= model.config.contextLength ? 'context-full' : null;
}

function describeToken(
  tokenizer: Tokenizer,
  decoder: StreamingDecoder,
  logits: Float32Array,
  id: number,
): GeneratedToken {
  const { alternatives, logProbability, rank, entropy } = tokenStatistics(logits, id);
  if (!Number.isFinite(logProbability)) {
    throw new WorkbenchError(
      'MODEL_FILE_CORRUPT',
      `The model gave token ${id} the log-probability ${logProbability}.`,
      {
        action: 'Its weights are damaged: download or export the model again.',
        details: { file: 'onnx' },
      },
    );
  }
  return {
    id,
    piece: tokenizer.pieceOf(id),
    text: decoder.push(id),
    logProbability,
    rank,
    entropy,
    alternatives: alternatives.map((other) => ({ ...other, piece: tokenizer.pieceOf(other.id) })),
  };
}
