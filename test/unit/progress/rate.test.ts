import { expect, test } from 'vitest';
import { Rate } from '../../../main/progress/rate.ts';

const at = (done: number, phase = 'download') => ({ phase, done, total: 1_000 });

test('the pace is that of the last seconds', () => {
  const rate = new Rate();
  expect(rate.update(at(0), 0)).toBeNull();
  expect(rate.update(at(100), 1_000)).toEqual({ perSecond: 100, secondsLeft: 9 });
  for (let second = 2; second <= 10; second++) rate.update(at(100 + (second - 1) * 10), second * 1_000);
  expect(rate.update(at(200), 11_000)).toEqual({ perSecond: 10, secondsLeft: 80 });
});

test('another phase, or bytes that are fetched again, start it anew', () => {
  const rate = new Rate();
  rate.update(at(0), 0);
  expect(rate.update(at(10, 'verify'), 1_000)).toBeNull();
  expect(rate.update(at(30, 'verify'), 2_000)?.perSecond).toBe(20);
  expect(rate.update(at(5, 'verify'), 3_000)).toBeNull();
  expect(rate.update({ phase: 'verify', done: 15, total: null }, 4_000)).toEqual({ perSecond: 10, secondsLeft: null });
});

test('a tiny step after a long large one is no collapse of the pace', () => {
  const rate = new Rate();
  rate.update(at(0), 0);
  expect(rate.update(at(400), 10_000)?.perSecond).toBe(40);
  expect(rate.update(at(401), 10_100)?.perSecond).toBeCloseTo(401 / 10.1);
  expect(rate.update(at(402), 14_000)?.perSecond).toBeCloseTo(402 / 14);
});
