/** Scores texts with the model that is loaded, or else the chosen one: texts to ids, the engine marked busy meanwhile. */
import { randomUUID } from 'node:crypto';
import { WorkbenchError } from '../contract/errors.ts';
import type { ContinuationEvent, ScoreEvent, ScoringWindow } from '../contract/scoring.ts';
import type { ModelService } from './model-service.ts';
import { splitContinuations } from './split-continuations.ts';

type Models = Pick<ModelService, 'ready' | 'generating' | 'checkFree'>;

/** What the model expects before a text comes first, so that every token of the text is predicted. */
const asText = { addBos: true, controlTokens: 'parse' } as const;

export interface TextToScore {
  text: string;
  topK: number;
  window: ScoringWindow | null;
  from?: number;
  next?: boolean;
}

/** @throws WorkbenchError as `tokens.score` of the contract, the last of them from the stream */
export async function scoreText(
  models: Models,
  { text, ...wish }: TextToScore,
  signal = new AbortController().signal,
): Promise<AsyncGenerator<ScoreEvent>> {
  checkNotEmpty(text);
  const { engine, model } = await models.ready();
  const { ids } = await engine.encode({ text, ...asText });
  models.checkFree(model);
  const input = { scoringId: randomUUID(), ids, ...wish, utf8ByteCount: Buffer.byteLength(text, 'utf8') };
  const score = async function* () {
    yield* await engine.score(input, { signal });
  };
  return models.generating(score, model, signal);
}

/**
 * A continuation is scored as it is tokenised together with the text: `Paris` after `est` and a space is another token than alone.
 * @throws WorkbenchError as `scoreText`; `INVALID_INPUT` for a continuation that adds no token
 */
export async function scoreContinuations(
  models: Models,
  { text, continuations, topK }: { text: string; continuations: readonly string[]; topK: number },
  signal = new AbortController().signal,
): Promise<AsyncGenerator<ContinuationEvent>> {
  const { engine, model } = await models.ready();
  const { ids } = await engine.encode({ text, ...asText });
  const whole: number[][] = [];
  for (const continuation of continuations) {
    whole.push((await engine.encode({ text: text + continuation, ...asText })).ids);
  }
  models.checkFree(model);
  const input = { scoringId: randomUUID(), topK, ...splitContinuations(ids, whole) };
  const score = async function* () {
    yield* await engine.scoreContinuations(input, { signal });
  };
  return models.generating(score, model, signal);
}

function checkNotEmpty(text: string): void {
  if (text !== '') return;
  throw new WorkbenchError('PROMPT_EMPTY', 'The text is empty.', { action: 'Write something first.' });
}
