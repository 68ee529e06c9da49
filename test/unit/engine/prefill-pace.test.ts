import { describe, expect, it } from 'vitest';
import { PrefillPace } from '../../../main/engine/prefill-pace.ts';

describe('PrefillPace', () => {
  it('cuts every prompt into even chunks, none of one token but for a prompt of one', () => {
    for (const msPerToken of [null, 0.01, 1, 30, 400]) {
      for (let total = 1; total < 1_200; total++) {
        const pace = new PrefillPace();
        if (msPerToken !== null) pace.ran(100, 100 * msPerToken);
        const sizes: number[] = [];
        for (let left = total; left > 0; left -= sizes.at(-1) ?? 0) sizes.push(pace.next(left));
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(total);
        if (total > 1) expect(Math.min(...sizes)).toBeGreaterThan(1);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }
    }
  });

  it('keeps a run near 600 ms on a slow machine, and takes large ones on a fast machine', () => {
    const slow = new PrefillPace();
    slow.ran(32, 320);
    expect(slow.next(10_020)).toBe(60);
    const slowest = new PrefillPace();
    slowest.ran(32, 32_000);
    expect(slowest.next(3_200)).toBe(32);
    const fast = new PrefillPace();
    fast.ran(32, 2);
    expect(fast.next(10_240)).toBe(512);
  });

  it('says what is left from the speed so far', () => {
    const pace = new PrefillPace();
    expect(pace.remainingMs(100)).toBeNull();
    pace.ran(10, 100);
    expect(pace.remainingMs(100)).toBe(1_000);
    pace.ran(10, 300);
    expect(pace.remainingMs(100)).toBe(2_000);
  });
});
