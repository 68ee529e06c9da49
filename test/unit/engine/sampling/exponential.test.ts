import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exponential } from '../../../../main/engine/sampling/exponential.ts';

test('equals Math.exp to the last digits', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.double({ min: -690, max: 0, noNaN: true }), fc.double({ min: -30, max: 0, noNaN: true })),
      (x) => {
        expect(Math.abs(exponential(x) / Math.exp(x) - 1)).toBeLessThan(1e-15);
      },
    ),
    { numRuns: 20_000 },
  );
});

test('is exact where probabilities need it to be', () => {
  expect(exponential(0)).toBe(1);
  expect(exponential(-0)).toBe(1);
  expect(exponential(-Infinity)).toBe(0);
  expect(exponential(Number.NaN)).toBeNaN();
  expect(exponential(-690.001)).toBe(0);
});
