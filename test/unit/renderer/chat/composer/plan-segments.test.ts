import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ContextPlan } from '../../../../../main/contract/context.ts';
import { planSegments, restingSegments, saidTokens } from '../../../../../renderer/chat/composer/plan-segments.ts';

const sum = (segments: readonly { tokens: number }[]) => segments.reduce((total, { tokens }) => total + tokens, 0);
const count = fc.integer({ min: 0, max: 5_000 });

/** A plan as the main side makes it: what is kept is what was said without what was dropped. */
const plans = fc
  .record({
    parts: fc.record({ system: count, history: count, attachments: count, message: count, answerStart: count }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    spare: fc.integer({ min: 1, max: 5_000 }),
    reserve: count,
  })
  .map(({ parts, share, spare, reserve }): ContextPlan => {
    const said = parts.system + parts.history + parts.attachments + parts.message + parts.answerStart;
    const droppedTokens = Math.floor(parts.history * share);
    const promptTokens = said - droppedTokens;
    return {
      parts,
      droppedTokens,
      promptTokens,
      reserve,
      room: spare,
      contextLength: promptTokens + spare,
      droppedMessageIds: [],
      policy: 'drop-oldest',
      keptTurns: 1,
      droppedTurns: droppedTokens > 0 ? 1 : 0,
      refusal: null,
    };
  });

it('what is drawn is the context and what is left out; what is said is the prompt and what is left out', () => {
  fc.assert(
    fc.property(plans, (plan) => {
      const segments = planSegments(plan);
      expect(sum(segments)).toBe(plan.contextLength + plan.droppedTokens);
      expect(saidTokens(plan)).toBe(plan.promptTokens + plan.droppedTokens);
      expect(segments.every(({ tokens }) => tokens > 0)).toBe(true);
    }),
  );
});

it('what is refused is drawn with all that goes beyond the context', () => {
  const parts = { system: 10, history: 900, attachments: 0, message: 200, answerStart: 4 };
  const plan = { parts, droppedTokens: 0, promptTokens: 1_114, room: 0, reserve: 256, contextLength: 1_024 };
  expect(sum(planSegments(plan as ContextPlan))).toBe(1_114);
});

it('a conversation at rest fills the context', () => {
  expect(restingSegments(24, 1_024)).toEqual([
    { kind: 'history', tokens: 24 },
    { kind: 'free', tokens: 1_000 },
  ]);
  expect(restingSegments(2_000, 1_024)).toEqual([{ kind: 'history', tokens: 1_024 }]);
});
