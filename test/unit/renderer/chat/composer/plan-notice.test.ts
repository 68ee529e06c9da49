import { describe, expect, it } from 'vitest';
import type { ContextPlan } from '../../../../../main/contract/context.ts';
import { planNotice } from '../../../../../renderer/chat/composer/plan-notice.ts';
import { I18n } from '../../../../../renderer/i18n/i18n.svelte.ts';

const plan: ContextPlan = {
  parts: { system: 0, history: 80, attachments: 0, message: 10, answerStart: 1 },
  droppedMessageIds: [],
  policy: 'drop-oldest',
  keptTurns: 2,
  droppedTurns: 0,
  droppedTokens: 0,
  promptTokens: 30_000,
  contextLength: 32_000,
  reserve: 512,
  room: 2_000,
  refusal: null,
};
const french = new I18n(() => 'fr');
const english = new I18n(() => 'en');

describe('planNotice', () => {
  it('says nothing where everything is read and the answer has its room', () => {
    expect(planNotice(plan, english)).toBeNull();
  });

  it('counts what will not be read', () => {
    const dropped = { ...plan, droppedTurns: 3, droppedTokens: 1_204 };
    expect(planNotice(dropped, french)?.text.replace(/\s/g, ' ')).toBe(
      'Les 3 plus anciens échanges (1 204 tokens) ne seront pas lus.',
    );
    expect(planNotice(dropped, english)).toEqual({
      text: 'The 3 oldest exchanges (1,204 tokens) will not be read.',
      isRefusal: false,
    });
    expect(planNotice({ ...dropped, droppedTurns: 1 }, english)?.text).toBe(
      'The oldest exchange (1,204 tokens) will not be read.',
    );
  });

  it('tells little room, beside what is dropped', () => {
    expect(planNotice({ ...plan, room: 12 }, english)?.text).toBe('Only 12 tokens are left for the answer.');
    expect(planNotice({ ...plan, room: 12, droppedTurns: 2, droppedTokens: 90 }, english)?.text).toBe(
      'The 2 oldest exchanges (90 tokens) will not be read. Only 12 tokens are left for the answer.',
    );
  });

  it('says why it would be refused, and what to do', () => {
    const refused = (refusal: ContextPlan['refusal']) => planNotice({ ...plan, room: 0, refusal }, english);
    expect(refused('message-too-long')).toMatchObject({ isRefusal: true, text: expect.stringContaining('shorten it') });
    expect(refused('conversation-too-long')?.text).toContain('leave the oldest exchanges out');
  });
});
