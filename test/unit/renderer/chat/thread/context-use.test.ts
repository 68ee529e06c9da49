import { describe, expect, it } from 'vitest';
import type { GenerationStatistics } from '../../../../../main/contract/engine.ts';
import { contextUse, lastAnswer, tokensPerSecond } from '../../../../../renderer/chat/thread/context-use.ts';
import { aMessage } from '../messages.ts';

const statistics: GenerationStatistics = {
  promptTokens: 100,
  reusedTokens: 60,
  reuse: { reusedTokens: 60, source: 'memory', reason: 'continued', divergedAt: null },
  drafts: { proposed: 0, accepted: 0 },
  prefilledTokens: 40,
  generatedTokens: 20,
  prefillMs: 30,
  timeToFirstTokenMs: 40,
  decodeMs: 500,
  seed: 1,
};

describe('contextUse', () => {
  it('takes the last answer that was measured', () => {
    const measured = aMessage({ statistics });
    expect(contextUse([aMessage(), measured, aMessage({ role: 'user' })])).toBe(120);
  });

  it('is 0 before the first answer', () => {
    expect(contextUse([aMessage({ role: 'user' })])).toBe(0);
  });
});

describe('tokensPerSecond', () => {
  it('divides by the decoding time', () => {
    expect(tokensPerSecond(statistics)).toBe(40);
  });

  it('is null where there is nothing to measure', () => {
    expect(tokensPerSecond({ ...statistics, generatedTokens: 1 })).toBeNull();
    expect(tokensPerSecond({ ...statistics, decodeMs: 0 })).toBeNull();
  });
});

describe('lastAnswer', () => {
  it('skips questions', () => {
    const answer = aMessage({ id: 'a' });
    expect(lastAnswer([answer, aMessage({ role: 'user' })])).toBe(answer);
    expect(lastAnswer([])).toBeUndefined();
  });
});
