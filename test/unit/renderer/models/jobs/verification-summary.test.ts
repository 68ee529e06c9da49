import { expect, test } from 'vitest';
import type { VerificationCheck } from '../../../../../main/contract/verification.ts';
import { failedFirst, largestDifference } from '../../../../../renderer/models/jobs/verification-summary.ts';

const check = (subject: string, change: Partial<VerificationCheck> = {}): VerificationCheck => ({
  name: 'hash',
  subject,
  passed: true,
  detail: '',
  difference: null,
  tolerance: null,
  ...change,
});

test('what failed comes first, the rest in its order', () => {
  const checks = [check('a'), check('b', { passed: false }), check('c'), check('d', { passed: false })];
  expect(failedFirst(checks).map(({ subject }) => subject)).toEqual(['b', 'd', 'a', 'c']);
});

test('the difference that matters is the one nearest to its tolerance', () => {
  expect(largestDifference([check('a')])).toBeNull();
  const checks = [
    check('a', { difference: 0.2, tolerance: 1 }),
    check('b', { difference: 0.01, tolerance: 0.02 }),
    check('c', { difference: 0, tolerance: 0 }),
  ];
  expect(largestDifference(checks)).toEqual({ difference: 0.01, tolerance: 0.02 });
});
