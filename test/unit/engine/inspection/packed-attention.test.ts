import { expect, test } from 'vitest';
import { packAttention } from '../../../../main/engine/inspection/packed-attention.ts';

test('keeps the triangle of each head, and leaves out the rows that only filled a tile', () => {
  const weights = Float32Array.of(...[1, 0, 0, 0.25, 0.75, 0, 9, 9, 9], ...[1, 0, 0, 0.5, 0.5, 0, 9, 9, 9]);
  const packed = Buffer.from(packAttention(weights, { heads: 2, rows: 3, length: 2 }), 'base64');
  const codes = Array.from({ length: packed.length / 2 }, (_, i) => packed.readUInt16LE(2 * i));
  expect(codes).toEqual([65_535, 16_384, 49_151, 65_535, 32_768, 32_768]);
});

test('a weight a little over one, as rounding makes it, is one', () => {
  const packed = packAttention(Float32Array.of(1.000_000_1), { heads: 1, rows: 1, length: 1 });
  expect([...Buffer.from(packed, 'base64')]).toEqual([255, 255]);
});

test('attention that is no number is not told as zero; what only filled a tile does not matter', () => {
  const size = { heads: 1, rows: 2, length: 1 };
  expect(() => packAttention(Float32Array.of(NaN, 0, 0, 0), size)).toThrow(
    expect.objectContaining({ code: 'MODEL_FILE_CORRUPT' }),
  );
  expect(() => packAttention(Float32Array.of(1, NaN, NaN, NaN), size)).not.toThrow();
});
