import { expect, test } from 'vitest';
import { packUint16 } from '../../../../../main/packing/pack-numbers.ts';
import { AttentionMap } from '../../../../../renderer/tokens/inside/attention-map.ts';

const map = new AttentionMap({
  layer: 1,
  heads: 2,
  length: 3,
  weights: packUint16(
    Uint16Array.of(65_535, 13_107, 52_428, 0, 32_768, 32_767, 65_535, 65_535, 0, 13_107, 26_214, 26_214),
  ),
});

test('finds each weight in the triangle of its head', () => {
  expect(map.weight(0, 0, 0)).toBe(1);
  expect(map.weight(0, 1, 0)).toBeCloseTo(0.2);
  expect(map.weight(0, 1, 1)).toBeCloseTo(0.8);
  expect(map.weight(1, 1, 0)).toBe(1);
  expect(map.weight(1, 2, 2)).toBeCloseTo(0.4);
});

test('nothing attends to what comes after it', () => {
  expect(map.weight(0, 0, 1)).toBe(0);
  expect(map.weight(1, 1, 2)).toBe(0);
});

test('the strongest come first, the earlier one of two equals', () => {
  expect(map.strongest(1, 2, 2).map(({ index }) => index)).toEqual([1, 2]);
  expect(map.strongest(0, 2, 5).map(({ index }) => index)).toEqual([1, 2, 0]);
});
