import { describe, expect, it } from 'vitest';
import { rotaryTables } from '../../../../native-models/operators/rotary-cache.ts';

describe('rotaryTables', () => {
  it.each([
    { positions: 40, headDimension: 32, theta: 1e5 },
    { positions: 7, headDimension: 128, theta: 2e7 },
  ])('holds the definition, rounded to float32: $headDimension dimensions, theta $theta', (options) => {
    const { positions, headDimension, theta } = options;
    const { cosines, sines } = rotaryTables(options);
    expect(cosines).toHaveLength((positions * headDimension) / 2);
    for (let position = 0; position < positions; position++) {
      for (let i = 0; i < headDimension / 2; i++) {
        const angle = position / theta ** ((2 * i) / headDimension);
        const at = (position * headDimension) / 2 + i;
        expect(cosines[at]).toBeCloseTo(Math.cos(angle), 6);
        expect(sines[at]).toBeCloseTo(Math.sin(angle), 6);
      }
    }
  });

  it('stays exact at the last position of a long context', () => {
    const { cosines } = rotaryTables({ positions: 32_000, headDimension: 128, theta: 2e7 });
    expect(cosines[31_999 * 64]).toBeCloseTo(Math.cos(31_999), 6);
    expect(cosines[31_999 * 64 + 1]).toBeCloseTo(Math.cos(31_999 * 2e7 ** (-1 / 64)), 6);
  });
});
