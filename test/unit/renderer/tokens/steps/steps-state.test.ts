import { beforeEach, afterEach, expect, it, vi } from 'vitest';
import type { Explanation, MergeReplay } from '../../../../../main/contract/pipeline.ts';
import type { Connection } from '../../../../../renderer/connection/connection.ts';
import { StepsState } from '../../../../../renderer/tokens/steps/steps-state.svelte.ts';

const chosen = { kind: 'chosen' } as const;
const explanationOf = (decoded: string): Explanation => ({
  detail: 'exact',
  atoms: [],
  ids: [7, 8, 9],
  vocabulary: [],
  chunks: [
    { token: 0, tokenCount: 1, isControl: true },
    { token: 1, tokenCount: 2, isControl: false },
  ],
  normalised: decoded,
  decoded,
});
const replay: MergeReplay = { kind: 'merges', initial: [], merges: [] };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('asks for a passage once it rests, and never shows an older answer', async () => {
  const explain = vi.fn(({ text }: { text: string }) => Promise.resolve(explanationOf(text)));
  const steps = new StepsState({ client: { tokens: { explain } } } as unknown as Connection);
  void steps.explain(chosen, 'a');
  void steps.explain(chosen, 'ab');
  await vi.runAllTimersAsync();
  expect(explain).toHaveBeenCalledTimes(1);
  expect(steps.explained?.explanation.decoded).toBe('ab');
  void steps.explain(chosen, '');
  expect([steps.explained, steps.pending]).toEqual([null, false]);
});

it('asks for the merges of the chunk that is chosen, and not of a control token', async () => {
  const merges = vi.fn(({ ids }: { ids: number[] }) => Promise.resolve({ ...replay, ids }));
  const explain = ({ text }: { text: string }) => Promise.resolve(explanationOf(text));
  const steps = new StepsState({ client: { tokens: { explain, merges } } } as unknown as Connection);
  void steps.explain(chosen, 'a');
  await vi.runAllTimersAsync();
  await steps.replayChunk();
  expect(merges).not.toHaveBeenCalled();
  steps.choose(1);
  await steps.replayChunk();
  expect(merges.mock.calls[0]?.[0]).toEqual({ tokenizer: chosen, ids: [8, 9] });
  expect(steps.replay).toMatchObject(replay);
});
