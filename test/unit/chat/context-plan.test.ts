import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  answerReserve,
  contextExceeded,
  exchangesOf,
  planContext,
  type ContextNeed,
  type SizedMessage,
} from '../../../main/chat/context-plan.ts';

const system = (tokens: number): SizedMessage => ({ role: 'system', tokens });
const user = (tokens: number): SizedMessage => ({ role: 'user', tokens });
const assistant = (tokens: number): SizedMessage => ({ role: 'assistant', tokens });

const need = (messages: SizedMessage[], change: Partial<ContextNeed> = {}): ContextNeed => ({
  messages,
  answerStartTokens: 0,
  contextLength: 100,
  reserve: 10,
  policy: 'drop-oldest',
  alreadyDropped: 0,
  ...change,
});

const exchange = [user(10), assistant(10)];

describe('exchangesOf', () => {
  test('a question opens one, its answer belongs to it, system prompts to none', () => {
    const roles = ['system', 'user', 'assistant', 'user', 'user', 'system', 'assistant'] as const;
    expect(exchangesOf(roles.map((role) => ({ role })))).toEqual([null, 0, 0, 1, 2, null, 2]);
    expect(exchangesOf([{ role: 'assistant' }, { role: 'user' }])).toEqual([0, 1]);
  });
});

describe('planContext', () => {
  test('what fits is fed whole, with the start of the answer counted', () => {
    const plan = planContext(need([system(5), ...exchange, user(20)], { answerStartTokens: 3 }));
    expect(plan).toMatchObject({ droppedTurns: 0, droppedTokens: 0, keptTurns: 2, promptTokens: 48, room: 52 });
    expect(plan.refusal).toBeNull();
  });

  test('the oldest exchanges go, and an eighth of the context more', () => {
    // 5 + 5 × 20 + 10 = 115; 100 − 10 − 12 = 78 is reached without two exchanges.
    const plan = planContext(need([system(5), ...Array<SizedMessage[]>(5).fill(exchange).flat(), user(10)]));
    expect(plan).toMatchObject({ droppedTurns: 2, droppedTokens: 40, keptTurns: 4, promptTokens: 75, room: 25 });
  });

  test('what was dropped stays dropped while that is enough, so that the cache goes on', () => {
    const messages = [system(5), ...Array<SizedMessage[]>(6).fill(exchange).flat(), user(5)];
    expect(planContext(need(messages, { alreadyDropped: 2 }))).toMatchObject({ droppedTurns: 2, promptTokens: 90 });
    expect(planContext(need([...messages.slice(0, -1), user(6)], { alreadyDropped: 2 }))).toMatchObject({
      droppedTurns: 3,
    });
    // A larger context takes everything back.
    expect(planContext(need(messages, { alreadyDropped: 2, contextLength: 1_000 }))).toMatchObject({ droppedTurns: 0 });
  });

  test('the new message stays with less room than wished, and is refused where there is none', () => {
    expect(planContext(need([...exchange, user(95)]))).toMatchObject({ droppedTurns: 1, room: 5, refusal: null });
    expect(planContext(need([...exchange, user(100)]))).toMatchObject({ room: 0, refusal: 'message-too-long' });
    expect(planContext(need([system(50), user(50)]))).toMatchObject({ room: 0, refusal: 'message-too-long' });
  });

  test('the policy `stop` drops nothing: it refuses, and says whether a new conversation would do', () => {
    const messages = [...exchange, ...exchange, user(59)];
    const stop = { policy: 'stop' as const };
    expect(planContext(need(messages, stop))).toMatchObject({ droppedTurns: 0, room: 1, refusal: null });
    const refused = planContext(need([...messages.slice(0, -1), user(60)], stop));
    expect(refused).toMatchObject({ droppedTurns: 0, promptTokens: 100, refusal: 'conversation-too-long' });
    expect(contextExceeded(refused)).toMatchObject({ code: 'CONTEXT_EXCEEDED', details: { tokens: 100, limit: 100 } });
    expect(planContext(need([...exchange, user(100)], stop))).toMatchObject({ refusal: 'message-too-long' });
  });

  const messageTokens = fc.integer({ min: 1, max: 60 });
  const conversations = fc
    .record({
      systemTokens: fc.option(messageTokens),
      turns: fc.array(fc.record({ question: messageTokens, answer: fc.option(messageTokens) }), { maxLength: 12 }),
      newTokens: messageTokens,
    })
    .map(({ systemTokens, turns, newTokens }) => [
      ...(systemTokens === null ? [] : [system(systemTokens)]),
      ...turns.flatMap(({ question, answer }) => [user(question), ...(answer === null ? [] : [assistant(answer)])]),
      user(newTokens),
    ]);
  const needs = fc.record({
    messages: conversations,
    answerStartTokens: fc.integer({ min: 0, max: 4 }),
    contextLength: fc.integer({ min: 2, max: 200 }),
    reserve: fc.integer({ min: 1, max: 50 }),
    policy: fc.constantFrom('stop' as const, 'drop-oldest' as const),
    alreadyDropped: fc.integer({ min: 0, max: 12 }),
  });

  test('whatever comes: it never exceeds, keeps system and newest, drops a beginning only, and never without need', () => {
    fc.assert(
      fc.property(needs, (given) => {
        const { messages, answerStartTokens, contextLength, reserve, policy } = given;
        const plan = planContext(given);
        const exchanges = exchangesOf(messages);
        // What the plan keeps, taken literally.
        const kept = messages.filter((_, i) => (exchanges[i] ?? plan.droppedTurns) >= plan.droppedTurns);
        const tokens = kept.reduce((sum, message) => sum + message.tokens, answerStartTokens);
        const all = messages.reduce((sum, message) => sum + message.tokens, answerStartTokens);
        expect(kept.filter(({ role }) => role === 'system')).toEqual(messages.filter(({ role }) => role === 'system'));
        expect(kept.at(-1)).toBe(messages.at(-1));
        expect(
          messages.slice(messages.length - kept.length + kept.filter(({ role }) => role === 'system').length),
        ).toEqual(kept.filter(({ role }) => role !== 'system'));
        expect(plan.promptTokens).toBe(tokens);
        expect(plan.droppedTokens).toBe(all - tokens);
        expect(plan.keptTurns + plan.droppedTurns).toBe(messages.filter(({ role }) => role === 'user').length);
        if (plan.refusal === null) {
          expect(tokens + plan.room).toBe(contextLength);
          expect(plan.room).toBeGreaterThan(0);
        } else {
          expect(tokens).toBeGreaterThanOrEqual(contextLength);
          expect(plan.keptTurns === 1 || policy === 'stop').toBe(true);
        }
        if (policy === 'stop' || all + reserve <= contextLength) expect(plan.droppedTurns).toBe(0);
        // Where more than the new message is left, the answer has its room.
        if (policy === 'drop-oldest' && plan.keptTurns > 1) expect(tokens + reserve).toBeLessThanOrEqual(contextLength);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a conversation that grows moves its beginning seldom', () => {
    let alreadyDropped = 0;
    let moves = 0;
    const messages: SizedMessage[] = [];
    for (let turn = 0; turn < 200; turn++) {
      const plan = planContext(need([...messages, user(10)], { contextLength: 1_000, reserve: 50, alreadyDropped }));
      if (plan.droppedTurns !== alreadyDropped) moves++;
      alreadyDropped = plan.droppedTurns;
      messages.push(user(10), assistant(20));
    }
    // 200 × 30 tokens against steps of at least 125.
    expect(alreadyDropped).toBeGreaterThan(160);
    expect(moves).toBeLessThanOrEqual(48);
  });
});

test('the reserve is what the user allows, within a quarter of the context', () => {
  expect(answerReserve(null, 32_000)).toBe(512);
  expect(answerReserve(100, 32_000)).toBe(100);
  expect(answerReserve(null, 1_024)).toBe(256);
  expect(answerReserve(10_000, 32_000)).toBe(8_000);
});
