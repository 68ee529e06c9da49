import { describe, expect, it } from 'vitest';
import { bfloat16ToFloat32, float16ToFloat32 } from '../../../../native-models/safetensors/float-conversion.ts';

const everyHalf = Uint16Array.from({ length: 65536 }, (_, i) => i);

/** The value of a binary float by definition. */
function byDefinition(bits: number, exponentBits: number, fractionBits: number): number {
  const sign = bits >> (exponentBits + fractionBits) === 0 ? 1 : -1;
  const exponent = (bits >> fractionBits) & (2 ** exponentBits - 1);
  const fraction = (bits & (2 ** fractionBits - 1)) / 2 ** fractionBits;
  const bias = 2 ** (exponentBits - 1) - 1;
  if (exponent === 2 ** exponentBits - 1) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** (1 - bias) : sign * (1 + fraction) * 2 ** (exponent - bias);
}

describe.each([
  { type: 'bfloat16', convert: bfloat16ToFloat32, exponentBits: 8, fractionBits: 7 },
  { type: 'float16', convert: float16ToFloat32, exponentBits: 5, fractionBits: 10 },
])('$type to float32', ({ convert, exponentBits, fractionBits }) => {
  it('is exact for all 65,536 values, signs of zero included', () => {
    const converted = convert(everyHalf);
    const wrong = [...everyHalf].filter(
      (bits, i) => !Object.is(converted[i], byDefinition(bits, exponentBits, fractionBits)),
    );
    expect(wrong).toEqual([]);
  });
});
