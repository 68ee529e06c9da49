import { expect, it } from 'vitest';
import type { FinishReason } from '../../../main/contract/engine.ts';
import type { Receipt } from '../../../main/contract/receipt.ts';
import { replay } from '../../../main/receipt/index.ts';
import { firstDifference } from '../../../main/receipt/replay.ts';
import { aReceipt } from './a-receipt.ts';

type Event = { type: 'prefill' } | { type: 'token'; token: { id: number } } | { type: 'end'; reason: FinishReason };

async function* answerOf(ids: number[], reason: FinishReason, onLeave = () => undefined): AsyncGenerator<Event> {
  try {
    yield { type: 'prefill' };
    for (const id of ids) yield { type: 'token', token: { id } };
    yield { type: 'end', reason };
  } finally {
    onLeave();
  }
}

it('finds the first token that is another one, and leaves the answer there', async () => {
  const left: string[] = [];
  const answer = answerOf([7, 8, 1, 2, 3], 'stop-token', () => void left.push('left'));
  expect(await firstDifference(answer, [7, 8, 9])).toEqual({ kind: 'token', position: 2, id: 1 });
  expect(left).toEqual(['left']);
});

it('finds a token after the recorded end, and an end before it', async () => {
  expect(await firstDifference(answerOf([7, 8], 'stop-token'), [7])).toEqual({ kind: 'token', position: 1, id: 8 });
  const end = await firstDifference(answerOf([7], 'max-tokens'), [7, 8]);
  expect(end).toEqual({ kind: 'end', tokens: 1, reason: 'max-tokens' });
});

/** An engine that writes these ids; what it was asked for is kept. */
function engineOf(ids: number[], reason: FinishReason) {
  const asked: { maxTokens: number | null; seed: number | null }[] = [];
  const scored: number[][][] = [];
  const engine = {
    generate: ({ sampling }: { sampling: { maxTokens: number | null; seed: number | null } }) => {
      asked.push({ maxTokens: sampling.maxTokens, seed: sampling.seed });
      return Promise.resolve(answerOf(ids, reason));
    },
    scoreContinuations: (input: { prefixIds: number[]; continuations: number[][] }) => {
      scored.push([input.prefixIds, ...input.continuations]);
      return Promise.resolve(
        (async function* () {
          for (const [id = 0] of input.continuations) {
            yield { type: 'continuation', score: { tokens: [{ id, piece: `p${id}`, logProbability: -id }] } };
          }
        })(),
      );
    },
  };
  return { engine: engine as unknown as Parameters<typeof replay>[0], asked, scored };
}

const { signal } = new AbortController();
const receipt = (change: Partial<Receipt> = {}): Receipt => ({ ...aReceipt(), ...change });

it('says that all ids and the end are the same, with the settings and seed of the receipt', async () => {
  const { engine, asked } = engineOf([7, 8, 9], 'stop-token');
  expect(await replay(engine, receipt(), 100, signal)).toEqual({ kind: 'identical', tokens: 3 });
  expect(asked).toEqual([{ maxTokens: null, seed: 5 }]);
});

it('weighs both tokens after what they share', async () => {
  const { engine, scored } = engineOf([7, 4, 9], 'stop-token');
  expect(await replay(engine, receipt(), 100, signal)).toEqual({
    kind: 'diverged',
    position: 1,
    recorded: { id: 8, piece: 'p8', logProbability: -8 },
    replayed: { id: 4, piece: 'p4', logProbability: -4 },
  });
  expect(scored).toEqual([[[0, 5, 6, 7], [8], [4]]]);
});

it('replays a stopped answer as far as it went, and one that was stopped at once not at all', async () => {
  const stopped = engineOf([7, 8, 9], 'max-tokens');
  const cancelled = { finishReason: 'cancelled' } as const;
  expect(await replay(stopped.engine, receipt(cancelled), 100, signal)).toEqual({ kind: 'identical', tokens: 3 });
  expect(stopped.asked).toEqual([{ maxTokens: 3, seed: 5 }]);
  const nothing = receipt({ ...cancelled, generatedIds: [] });
  expect(await replay(stopped.engine, nothing, 100, signal)).toEqual({ kind: 'identical', tokens: 0 });
});

it('tells another end, and a replay that was interrupted', async () => {
  const other = await replay(engineOf([7, 8, 9], 'max-tokens').engine, receipt(), 100, signal);
  expect(other).toEqual({ kind: 'other-end', tokens: 3, recorded: 'stop-token', replayed: 'max-tokens' });
  const interrupted = await replay(engineOf([7], 'cancelled').engine, receipt(), 100, signal);
  expect(interrupted).toEqual({ kind: 'cancelled' });
});

it('refuses ids that the model does not have before anything runs', async () => {
  const { engine, asked } = engineOf([], 'stop-token');
  await expect(replay(engine, receipt(), 9, signal)).rejects.toMatchObject({ code: 'FILE_CORRUPT' });
  expect(asked).toEqual([]);
});
