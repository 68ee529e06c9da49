import { expect, test } from 'vitest';
import { IdleWatch } from '../../../main/models/idle-watch.ts';

test('idle begins when the limit is reached, each use begins anew, and a changed limit counts at once', () => {
  let now = 0;
  let limitMs = 1_000;
  const watch = new IdleWatch(
    () => limitMs,
    () => now,
  );
  now = 999;
  expect(watch.isIdle).toBe(false);
  now = 1_000;
  expect(watch.isIdle).toBe(true);
  watch.used();
  expect(watch.isIdle).toBe(false);
  limitMs = 10;
  now = 1_010;
  expect(watch.isIdle).toBe(true);
  limitMs = 0;
  expect(watch.isIdle).toBe(false);
});
