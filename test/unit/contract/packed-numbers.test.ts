import { describe, expect, it } from 'vitest';
import { unpackBytes, unpackUint32 } from '../../../main/contract/packed-numbers.ts';
import { packBytes, packUint32 } from '../../../main/packing/pack-numbers.ts';

describe('packed numbers', () => {
  it('come back, from none to many', () => {
    for (const length of [0, 1, 2, 3, 40_000]) {
      const numbers = Uint32Array.from({ length }, (_, i) => (i * 2_654_435_761) >>> 0);
      expect(unpackUint32(packUint32(numbers))).toEqual(numbers);
      const bytes = Uint8Array.from({ length }, (_, i) => i % 256);
      expect(unpackBytes(packBytes(bytes))).toEqual(bytes);
    }
  });

  it('of a part of a buffer are that part only', () => {
    expect([...unpackUint32(packUint32(Uint32Array.of(1, 2, 3, 4).subarray(1, 3)))]).toEqual([2, 3]);
  });

  it('that are not base64 are refused', () => {
    expect(() => unpackBytes('é!')).toThrow();
  });
});
