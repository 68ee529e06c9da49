import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planPrompt, encodePrompt } from '../../../main/chat/prompt.ts';
import type { Turn } from '../../../main/contract/engine.ts';
import type { EngineClient } from '../../../main/models/index.ts';
import { answer, message, token } from '../../fixtures/messages.ts';
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

/** A turn's words, and what a template puts around it; a plain text has nothing around it. */
const wordEngine = {
  encodeChat: ({ turns }: { turns: Turn[] }) => {
    const ids = [1];
    const boundaries = turns.map((turn) => ids.push(2, ...(turn.ids ?? lengthsOf(turn.text)), 3));
    return Promise.resolve({ ids: [...ids, 4, 5], boundaries });
  },
  encodeText: ({ pieces, addBos = true }: { pieces: { text: string; ids?: number[] }[]; addBos?: boolean }) => {
    const ids = addBos ? [1] : [];
    const boundaries = pieces.map((piece) => ids.push(...(piece.ids ?? lengthsOf(piece.text))));
    return Promise.resolve({ ids, boundaries });
  },
} as unknown as EngineClient;

function lengthsOf(text: string): number[] {
  return text.split(/\s+/).flatMap((word) => (word === '' ? [] : [word.length]));
}

test('the parts of a plan are the whole, what is fed and what is dropped, whatever is said', async () => {
  const said = fc.string({ unit: fc.constantFrom('mot ', 'long ', '\n'), minLength: 1, maxLength: 30 });
  const history = fc.array(fc.record({ question: said, answer: fc.array(fc.nat(99), { maxLength: 20 }) }), {
    maxLength: 5,
  });
  const requests = fc.record({
    history,
    text: said,
    system: fc.option(said, { nil: '' }),
    files: fc.array(fc.record({ name: fc.constant('f.txt'), text: said }), { maxLength: 2 }),
    prefill: fc.option(said, { nil: '' }),
    mode: fc.constantFrom('chat' as const, 'text' as const),
    contextLength: fc.integer({ min: 8, max: 200 }),
    policy: fc.constantFrom('stop' as const, 'drop-oldest' as const),
    taken: fc.array(fc.nat(99), { maxLength: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(requests, async (one) => {
      const messages = one.history.flatMap(({ question, answer: ids }, n) => [
        message({ id: `u${n}`, conversationId: 'c', text: question }),
        answer({ id: `a${n}`, conversationId: 'c', ids }),
      ]);
      const { plan, ids, givenTokens, prefillIds } = await planPrompt({
        target: { engine: wordEngine, model: { ...scriptedModel, contextLength: one.contextLength } },
        branch: messages,
        written: { text: one.text, attachments: one.files },
        mode: one.mode,
        systemPrompt: one.system,
        given: {
          prefill: one.prefill,
          prefillIds: null,
          tokens: one.taken.map((id) => token(id, 'x')),
          messageId: null,
        },
        policy: one.policy,
        maxTokens: 4,
      });
      const { parts, promptTokens, droppedTokens, droppedMessageIds, droppedTurns } = plan;
      const sum = Object.values(parts).reduce((total, part) => total + part, 0);
      expect(sum).toBe(promptTokens + droppedTokens);
      for (const part of Object.values(parts)) expect(part).toBeGreaterThanOrEqual(0);
      expect(prefillIds).toEqual(lengthsOf(one.prefill));
      expect(givenTokens).toBe(prefillIds.length + one.taken.length);
      if (plan.refusal === null) {
        expect(ids).toHaveLength(promptTokens);
        expect(ids.slice(ids.length - givenTokens)).toEqual([...prefillIds, ...one.taken]);
      }
      const isSaid = (id: string) => id.startsWith('u') || (messages.find((m) => m.id === id)?.ids.length ?? 0) > 0;
      const dropped = messages.map(({ id }) => id).filter((id) => Number(id.slice(1)) < droppedTurns && isSaid(id));
      expect(droppedMessageIds).toEqual(dropped);
      if (one.mode === 'text' || one.system.trim() === '') expect(parts.system).toBe(0);
      if (one.files.length === 0) expect(parts.attachments).toBe(0);
    }),
    { numRuns: 500 },
  );
});
