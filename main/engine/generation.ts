/**
 * One answer: prefills what no cache holds, then decodes until a stop token, a limit or a cancellation. Every run of the model is
 * followed by a turn of the event loop, so that a cancellation arrives within a step.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FinishReason, GenerationEvent } from '../contract/engine.ts';
import { WorkbenchError } from '../contract/errors.ts';
import type { Sampling } from '../contract/sampling.ts';
import type { GeneratedToken } from '../contract/tokens.ts';
import { StreamingDecoder, type Tokenizer } from '../tokenizer/index.ts';
import type { TakenCache } from './cache-pool.ts';
import { Drafting } from './drafting.ts';
import type { LanguageModel } from './language-model.ts';
import { prefill } from './prefill.ts';
import { Random } from './random.ts';
import { Sampler } from './sampler.ts';
import { tokenStatistics } from './token-statistics.ts';

export interface GenerationRequest {
  promptIds: readonly number[];
  sampling: Sampling & { seed: number };
  stopIds: ReadonlySet<number>;
  drafts: boolean;
  /** Aborted: the stream ends with the reason `cancelled`. */
  signal: AbortSignal;
}

export async function* generate(
  model: LanguageModel,
  tokenizer: Tokenizer,
  taken: TakenCache,
  request: GenerationRequest,
): AsyncGenerator<GenerationEvent, void, undefined> {
  const { promptIds, sampling, stopIds, signal } = request;
  const { cache, reuse } = taken;
  const startedAt = performance.now();
  const prefilled = yield* prefill(model, taken, promptIds, signal);
  const prefilledAt = performance.now();

  const decoder = new StreamingDecoder(tokenizer);
  const sampler = new Sampler(sampling, model.config.vocabularySize, new Random(sampling.seed));
  sampler.observe(promptIds);
  const drafting = new Drafting(model, promptIds, request.drafts);
  const mostTokens = Math.min(sampling.maxTokens ?? Infinity, model.config.contextLength - promptIds.length);
  let rows = prefilled.logits === null ? [] : [prefilled.logits];
  let firstTokenAt: number | null = null;
  let generatedTokens = 0;
  let reason: FinishReason | null = null;
  try {
    while (reason === null) {
      let last: number | null = null;
      for (const [row, logits] of rows.entries()) {
        if (signal.aborted) break;
        last = sampler.choose(logits);
        firstTokenAt ??= performance.now();
        if (stopIds.has(last)) {
          reason = 'stop-token';
          break;
        }
        const token = describeToken(tokenizer, decoder, logits, last);
        sampler.observe([last]);
        generatedTokens++;
        yield { type: 'token', token };
        if (generatedTokens === mostTokens) {
          reason = mostTokens === sampling.maxTokens ? 'max-tokens' : 'context-full';
          break;
        }
        if (!drafting.chose(row, last)) break;
      }
      if (reason !== null) break;
      if (signal.aborted || last === null) {
        reason = 'cancelled';
        break;
      }
      // What was drafted and not chosen is forgotten.
      cache.rewind(promptIds.length + generatedTokens - 1);
      rows = await drafting.run(cache, last, mostTokens - generatedTokens - 1);
      await nextTurn();
    }
  } finally {
    cache.rewind(promptIds.length + generatedTokens);
  }
  const endedAt = performance.now();
  yield {
    type: 'end',
    reason,
    tail: decoder.flush(),
    statistics: {
      promptTokens: promptIds.length,
      reusedTokens: reuse.reusedTokens,
      reuse,
      drafts: drafting.counts,
      prefilledTokens: prefilled.tokens,
      generatedTokens,
      prefillMs: prefilledAt - startedAt,
      timeToFirstTokenMs: (firstTokenAt ?? endedAt) - startedAt,
      decodeMs: firstTokenAt === null ? 0 : endedAt - firstTokenAt,
      seed: sampling.seed,
    },
  };
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
