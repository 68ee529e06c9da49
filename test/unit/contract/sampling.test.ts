import { describe, expect, it } from 'vitest';
import { changeOf } from '../../../main/contract/change.ts';
import { defaultSampling, samplingChangeSchema, samplingSchema } from '../../../main/contract/sampling.ts';

const { temperature, topK, topP, minP, repetitionPenalty, seed, maxTokens } = defaultSampling;

describe('samplingSchema', () => {
  it('gives what was stored before a value existed its neutral one', () => {
    const stored = { temperature, topK, topP, minP, repetitionPenalty, seed, maxTokens };
    expect(samplingSchema.parse(stored)).toEqual(defaultSampling);
  });

  it.each([
    { logitBias: { '-1': 1 } },
    { logitBias: { '01': 1 } },
    { logitBias: { a: 1 } },
    { logitBias: { 1: -101 } },
    { logitBias: Object.fromEntries(Array.from({ length: 1_025 }, (_, id) => [id, 1])) },
    { bannedStrings: [''] },
    { stopStrings: Array.from({ length: 65 }, String) },
    { grammar: { type: 'xml', source: 'a' } },
    { grammar: { type: 'regex', source: '' } },
    { typicalP: 0 },
    { presencePenalty: 2.1 },
  ])('refuses %j', (change) => {
    expect(samplingSchema.safeParse({ ...defaultSampling, ...change }).success).toBe(false);
  });
});

describe('samplingChangeSchema', () => {
  it('fills nothing in', () => {
    expect(changeOf(samplingChangeSchema).parse({ topK: 3, typicalP: undefined })).toEqual({ topK: 3 });
  });
});
