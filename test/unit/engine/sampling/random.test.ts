import { describe, expect, it } from 'vitest';
import { Random } from '../../../../main/engine/sampling/random.ts';

describe('Random', () => {
  it('is xoshiro128**: the reference vector of rand_xoshiro 0.7.0 for the state 1, 2, 3, 4', () => {
    const random = new Random(0, [1, 2, 3, 4]);
    expect(Array.from({ length: 10 }, () => random.nextUint32())).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it('gives the same numbers for the same seed and others for another', () => {
    const draw = (seed: number): number[] => {
      const random = new Random(seed);
      return Array.from({ length: 20 }, () => random.nextFloat());
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(0)).not.toEqual(draw(1));
    expect(draw(0xffff_ffff)).not.toEqual(draw(0));
  });

  it('is uniform in [0, 1): chi-squared over 100 cells', () => {
    const random = new Random(42);
    const cells = new Array<number>(100).fill(0);
    const draws = 100_000;
    for (let i = 0; i < draws; i++) {
      const value = random.nextFloat();
      expect(value >= 0 && value < 1).toBe(true);
      const cell = Math.floor(value * 100);
      cells[cell] = (cells[cell] ?? 0) + 1;
    }
    const expected = draws / 100;
    const chiSquared = cells.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // 99 degrees of freedom: above 148.2 with probability 0.001.
    expect(chiSquared).toBeLessThan(148.2);
  });
});
