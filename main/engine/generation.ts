/**
 * One answer: prefills what no cache holds, then decodes until a stop token, a stop string, a limit or a cancellation. Every run of
 * the model is followed by a turn of the event loop, so that a cancellation arrives within a step.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FinishReason, GenerationEvent } from '../contract/engine.ts';
import type { Sampling } from '../contract/sampling.ts';
import type { Tokenizer } from '../tokenizer/index.ts';
import { AnswerText } from './answer-text.ts';
import type { TakenCache } from './cache-pool.ts';
import { describeToken } from './describe-token.ts';
import { Drafting } from './drafting.ts';
import type { LanguageModel } from './language-model.ts';
import { prefill } from './prefill.ts';
import type { Constraints } from './sampling/constraints.ts';
import { Random } from './sampling/random.ts';
import { Sampler } from './sampling/sampler.ts';

export interface GenerationRequest {
  promptIds: readonly number[];
  /** So many of the last `promptIds` are the beginning of the answer. */
  givenTokens: number;
  /** The answer goes on with the text of the prompt; else it is a text of its own. */
  continuesText: boolean;
  sampling: Sampling & { seed: number };
  /** Of `sampling`. */
  constraints: Constraints;
  stopIds: ReadonlySet<number>;
  drafts: boolean;
  /** Aborted: the stream ends with the reason `cancelled`. */
  signal: AbortSignal;
}

/** What of a prompt stands before the answer, and what is its beginning. */
export function partPrompt({ promptIds, givenTokens }: Pick<GenerationRequest, 'promptIds' | 'givenTokens'>): {
  contextIds: readonly number[];
  givenIds: readonly number[];
} {
  const border = promptIds.length - givenTokens;
  return { contextIds: promptIds.slice(0, border), givenIds: promptIds.slice(border) };
}

export async function* generate(
  model: LanguageModel,
  tokenizer: Tokenizer,
  taken: TakenCache,
  request: GenerationRequest,
): AsyncGenerator<GenerationEvent, void, undefined> {
  const { promptIds, sampling, constraints, stopIds, signal } = request;
  const { cache, reuse } = taken;
  const { contextIds, givenIds } = partPrompt(request);
  const text = new AnswerText(tokenizer, sampling.stopStrings, request.continuesText ? contextIds : []);
  if (givenIds.length > 0) yield { type: 'given', texts: text.give(givenIds) };
  const startedAt = performance.now();
  const prefilled = yield* prefill(model, taken, promptIds, signal);
  const prefilledAt = performance.now();

  const sampler = new Sampler(sampling, model.config.vocabularySize, new Random(sampling.seed));
  sampler.observe(contextIds);
  for (const id of givenIds) sampler.accept(id);
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
        const choice = sampler.choose(logits, await constraints.allowed());
        last = choice.id;
        firstTokenAt ??= performance.now();
        const isDrafted = drafting.chose(row, last);
        if (stopIds.has(last)) {
          reason = 'stop-token';
          break;
        }
        const { emit, stopped } = text.push(last);
        const token = describeToken(tokenizer, logits, choice, emit);
        sampler.accept(last);
        constraints.accept(last);
        generatedTokens++;
        yield { type: 'token', token };
        if (stopped) reason = 'stop-string';
        else if (generatedTokens === mostTokens) {
          reason = mostTokens === sampling.maxTokens ? 'max-tokens' : 'context-full';
        }
        if (reason !== null || !isDrafted) break;
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
    tail: text.flush(),
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
