import { expect, test } from 'vitest';
import { portFrom, samplingFrom, UsageError } from '../../../main/cli/arguments.ts';
import { defaultSampling } from '../../../main/contract/sampling.ts';

test('absent options keep the defaults, given ones replace them', () => {
  expect(samplingFrom({})).toEqual(defaultSampling);
  expect(samplingFrom({ temperature: '0', 'top-k': '40', seed: '7', 'max-tokens': '12' })).toEqual({
    ...defaultSampling,
    temperature: 0,
    topK: 40,
    seed: 7,
    maxTokens: 12,
  });
});

test.each([
  { temperature: 'warm' },
  { temperature: '' },
  { temperature: '-1' },
  { 'top-p': '1.5' },
  { 'top-k': '2.5' },
  { 'max-tokens': '0' },
])('%j is refused', (values) => {
  expect(() => samplingFrom(values)).toThrow(UsageError);
});

test.each(['-1', '70000', 'http', '1.5'])('port %s is refused', (port) => {
  expect(() => portFrom(port)).toThrow(UsageError);
});
