import { describe, expect, it } from 'vitest';
import { chunkSizes, largestChunk, reusableLength } from '../../../main/engine/prefill-plan.ts';

describe('chunkSizes', () => {
  it('cuts every prompt into even chunks, none of one token but for a prompt of one', () => {
    expect(chunkSizes(0)).toEqual([]);
    expect(chunkSizes(1)).toEqual([1]);
    expect(chunkSizes(65)).toEqual([32, 33]);
    for (let total = 2; total < 1000; total++) {
      const sizes = chunkSizes(total);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(total);
      expect(Math.min(...sizes)).toBeGreaterThan(1);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(largestChunk);
    }
  });
});

describe('reusableLength', () => {
  it('leaves at least two tokens to run', () => {
    expect(reusableLength(10, 30)).toBe(10);
    expect(reusableLength(30, 30)).toBe(28);
    expect(reusableLength(29, 30)).toBe(28);
    expect(reusableLength(1, 1)).toBe(0);
    expect(reusableLength(0, 2)).toBe(0);
  });
});
