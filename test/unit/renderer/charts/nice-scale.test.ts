import { expect, it } from 'vitest';
import { niceScale } from '../../../../renderer/charts/nice-scale.ts';

it.each([
  [2.63, [0, 1, 2, 3]],
  [1, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  [0.5, [0, 0.1, 0.2, 0.3, 0.4, 0.5]],
  [47, [0, 10, 20, 30, 40, 50]],
  [0, [0, 1]],
  [-Infinity, [0, 1]],
])('up to %d', (largest, ticks) => {
  expect(niceScale(largest).ticks).toEqual(ticks);
  expect(niceScale(largest).end).toBeGreaterThanOrEqual(Math.min(largest, 1));
});
