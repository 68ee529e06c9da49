/** Generates an answer again from its receipt and stops at the first token that is another one. */
import { randomUUID } from 'node:crypto';
import type { ContractRouterClient } from '@orpc/contract';
import type { engineContract, FinishReason } from '../contract/engine.ts';
import { WorkbenchError } from '../contract/errors.ts';
import type { Receipt } from '../contract/receipt.ts';

type Engine = Pick<ContractRouterClient<typeof engineContract>, 'generate' | 'scoreContinuations'>;

/** A token at the place where two answers part. */
export interface Choice {
  id: number;
  piece: string;
  /** Of the raw distribution here, after the tokens that both share. */
  logProbability: number;
}

export type ReplayOutcome =
  | { kind: 'identical'; tokens: number }
  /** `null` where that answer had ended. `position` counts generated tokens from 0. */
  | { kind: 'diverged'; position: number; recorded: Choice | null; replayed: Choice | null }
  /** All tokens are the same; the end is not. */
  | { kind: 'other-end'; tokens: number; recorded: FinishReason; replayed: FinishReason }
  | { kind: 'cancelled' };

/** With the model that is loaded. @throws WorkbenchError `FILE_CORRUPT` for ids that the model does not have, and as `generate` */
export async function replay(
  engine: Engine,
  receipt: Receipt,
  vocabularySize: number,
  signal: AbortSignal,
): Promise<ReplayOutcome> {
  const { promptIds, givenTokens, continuesText, generatedIds, finishReason } = receipt;
  checkIds([...promptIds, ...generatedIds], vocabularySize);
  const wasCancelled = finishReason === 'cancelled';
  // A user's stop cannot be timed again: as many tokens as there were until then.
  const maxTokens = wasCancelled ? generatedIds.length : receipt.sampling.maxTokens;
  if (maxTokens === 0) return { kind: 'identical', tokens: 0 };
  const beginning = { promptIds, givenTokens, continuesText };
  const input = { generationId: randomUUID(), ...beginning, sampling: { ...receipt.sampling, maxTokens } };
  const parted = await firstDifference(await engine.generate(input, { signal }), generatedIds);
  if (parted.kind === 'token') return diverged(engine, receipt, parted.position, parted.id, signal);
  if (parted.reason === 'cancelled') return { kind: 'cancelled' };
  if (parted.tokens < generatedIds.length) return diverged(engine, receipt, parted.tokens, null, signal);
  if (wasCancelled || parted.reason === finishReason) return { kind: 'identical', tokens: parted.tokens };
  return { kind: 'other-end', tokens: parted.tokens, recorded: finishReason, replayed: parted.reason };
}

type Parted = { kind: 'token'; position: number; id: number } | { kind: 'end'; tokens: number; reason: FinishReason };

/** The first token that is not the recorded one, or the end of the answer. Leaves the stream there. */
export async function firstDifference(
  events: AsyncIterable<
    | { type: 'given' }
    | { type: 'prefill' }
    | { type: 'token'; token: { id: number } }
    | { type: 'end'; reason: FinishReason }
  >,
  recorded: readonly number[],
): Promise<Parted> {
  let position = 0;
  for await (const event of events) {
    if (event.type === 'end') return { kind: 'end', tokens: position, reason: event.reason };
    if (event.type !== 'token') continue;
    if (event.token.id !== recorded[position]) return { kind: 'token', position, id: event.token.id };
    position++;
  }
  throw new WorkbenchError('INTERNAL', 'The engine ended the answer without saying why.', { action: 'Try again.' });
}

async function diverged(
  engine: Engine,
  { promptIds, generatedIds }: Receipt,
  position: number,
  replayedId: number | null,
  signal: AbortSignal,
): Promise<ReplayOutcome> {
  const recordedId = generatedIds[position] ?? null;
  const prefixIds = [...promptIds, ...generatedIds.slice(0, position)];
  const ids = [recordedId, replayedId].filter((id) => id !== null);
  const choices = new Map<number, Choice>();
  const input = { scoringId: randomUUID(), prefixIds, continuations: ids.map((id) => [id]), topK: 0 };
  for await (const event of await engine.scoreContinuations(input, { signal })) {
    const [token] = event.type === 'continuation' ? event.score.tokens : [];
    if (token === undefined || token.logProbability === null) continue;
    choices.set(token.id, { id: token.id, piece: token.piece, logProbability: token.logProbability });
  }
  const choiceOf = (id: number | null): Choice | null => (id === null ? null : (choices.get(id) ?? null));
  return { kind: 'diverged', position, recorded: choiceOf(recordedId), replayed: choiceOf(replayedId) };
}

function checkIds(ids: readonly number[], vocabularySize: number): void {
  const outside = ids.find((id) => id >= vocabularySize);
  if (outside === undefined) return;
  throw new WorkbenchError(
    'FILE_CORRUPT',
    `The receipt has token ${outside}; the vocabulary of this model ends at ${vocabularySize - 1}.`,
    {
      action: 'It was altered, or is of another model: name that one with --model.',
      details: { reason: `token ${outside}` },
    },
  );
}
