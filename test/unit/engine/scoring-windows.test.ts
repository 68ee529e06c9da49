import fc from 'fast-check';
import { expect, it } from 'vitest';
import { planWindows } from '../../../main/engine/scoring-windows.ts';

/** The loop of the transformers documentation, written out: what a window scores is what no window before it reached. */
function documented(count: number, length: number, stride: number) {
  const windows = [];
  let previousEnd = 0;
  for (let begin = 0; begin < count; begin += stride) {
    const end = Math.min(begin + length, count);
    windows.push({ begin, end, from: Math.max(1, previousEnd) });
    previousEnd = end;
    if (end === count) break;
  }
  return windows;
}

const shapes = fc
  .record({ count: fc.integer({ min: 1, max: 300 }), length: fc.integer({ min: 2, max: 80 }), stride: fc.nat(78) })
  .map(({ count, length, stride }) => ({ count, length, stride: 1 + (stride % (length - 1)) }));

it('windows are those of the documentation', () => {
  fc.assert(
    fc.property(shapes, ({ count, length, stride }) => {
      expect(planWindows(count, 1, { length, stride })).toEqual(documented(count, length, stride));
    }),
  );
});

it('every id from a place on is scored once, after something that the same window read', () => {
  fc.assert(
    fc.property(shapes, fc.integer({ min: 0, max: 350 }), ({ count, length, stride }, from) => {
      const scored: number[] = [];
      for (const window of planWindows(count, from, { length, stride })) {
        expect(window.from).toBeGreaterThan(window.begin);
        expect(window.end - window.begin).toBeLessThanOrEqual(length);
        for (let i = window.from; i < window.end; i++) scored.push(i);
      }
      const first = Math.max(1, from);
      expect(scored).toEqual(Array.from({ length: Math.max(0, count - first) }, (_, i) => first + i));
    }),
  );
});
