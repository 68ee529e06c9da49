import { expect, test } from 'vitest';
import { planPrompt, encodePrompt } from '../../../main/chat/prompt.ts';
import type { Turn } from '../../../main/contract/engine.ts';
import type { EngineClient } from '../../../main/models/index.ts';
import { answer, message } from '../../fixtures/messages.ts';
import { scriptedModel } from '../../fixtures/scripted-engine.ts';

/** Encodes every turn as its words' lengths, and a conversation with `startTokens` zeros at its start: counted to the first turn. */
function engineWith(startTokens: (turns: readonly Turn[]) => number): EngineClient {
  const encodeChat = ({ turns }: { turns: Turn[] }) => {
    const ids = new Array<number>(startTokens(turns)).fill(0);
    const boundaries = turns.map(({ text, ids: known }) => {
      ids.push(...(known ?? text.split(' ').map((word) => word.length)));
      return ids.length;
    });
    return Promise.resolve({ ids: [...ids, 9], boundaries });
  };
  return { encodeChat } as unknown as EngineClient;
}

const words = (count: number): string => 'mot '.repeat(count).trim();

/** Three exchanges of 15 tokens. */
const branch = [1, 2, 3].flatMap((n) => [
  message({ id: `u${n}`, conversationId: 'c', text: words(10) }),
  answer({ id: `a${n}`, conversationId: 'c', ids: [n, n, n, n, n] }),
]);

const request = (engine: EngineClient, text: string) => ({
  target: { engine, model: { ...scriptedModel, contextLength: 64 } },
  branch,
  written: { text, attachments: [] },
  systemPrompt: '',
  mode: 'chat' as const,
  given: { prefill: '', prefillIds: null, tokens: [], messageId: null },
  policy: 'drop-oldest' as const,
  maxTokens: 4,
});

test('what is kept is encoded for itself, and the plan tells the tokens that are really fed', async () => {
  const start = engineWith(() => 2);
  const { plan, ids, userIds } = await planPrompt(request(start, words(20)));
  // 2 + 45 + 20 + 1 = 68 whole. The first exchange has the start with it there, 17; without it the start comes again.
  expect(plan).toMatchObject({ droppedTurns: 1, keptTurns: 3, promptTokens: 53, droppedTokens: 15, room: 11 });
  expect(ids.slice(0, 2)).toEqual([0, 0]);
  expect(ids.slice(12, 17)).toEqual([2, 2, 2, 2, 2]);
  expect([ids.length, userIds]).toEqual([53, new Array<number>(20).fill(3)]);
});

test('a template that says more at a later start takes one more exchange with it, and refuses what then does not fit', async () => {
  // The whole conversation begins with nothing, any part of it with 30 tokens more.
  const greedy = engineWith((turns) => (turns.length === 7 ? 0 : 30));
  const planned = await planPrompt(request(greedy, words(20)));
  expect(planned.plan).toMatchObject({ droppedTurns: 3, keptTurns: 1, promptTokens: 51, room: 13, refusal: null });
  const refused = await planPrompt(request(greedy, words(40)));
  expect(refused.plan).toMatchObject({ keptTurns: 1, room: 0, refusal: 'message-too-long' });
  await expect(encodePrompt(request(greedy, words(40)))).rejects.toMatchObject({
    code: 'CONTEXT_EXCEEDED',
    details: { tokens: 71, limit: 64 },
  });
});

test('what the last answer was not fed stays away while that is enough', async () => {
  const engine = engineWith(() => 0);
  const later = branch.map((one) =>
    one.id === 'a3' ? { ...one, context: { droppedTurns: 1, droppedTokens: 15 } } : one,
  );
  const { plan } = await planPrompt({ ...request(engine, words(20)), branch: later });
  expect(plan).toMatchObject({ droppedTurns: 1, promptTokens: 51 });
});
