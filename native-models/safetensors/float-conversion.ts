/**
 * The three floating point types of published weights, widened to float32. All three conversions are exact: every bfloat16
 * and every float16 is a float32. Little-endian hosts only, as every platform of Node's is. Each fills `floats`, which has
 * the length of its input, and returns it.
 */
import { sourceTypeByteLengths, type SourceType } from '../source-tensor.ts';

/** Values as a safetensors file stores them, little-endian, in float32. */
export function widen(type: SourceType, { buffer, byteOffset, byteLength }: Uint8Array): Float32Array<ArrayBuffer> {
  const length = byteLength / sourceTypeByteLengths[type];
  switch (type) {
    case 'F32':
      return new Float32Array(buffer, byteOffset, length).slice();
    case 'BF16':
      return bfloat16ToFloat32(new Uint16Array(buffer, byteOffset, length));
    case 'F16':
      return float16ToFloat32(new Uint16Array(buffer, byteOffset, length));
  }
}

/** bfloat16 is the upper half of a float32. */
export function bfloat16ToFloat32(
  halves: Uint16Array,
  floats: Float32Array<ArrayBuffer> = new Float32Array(halves.length),
): Float32Array<ArrayBuffer> {
  const bits = new Uint32Array(floats.buffer, floats.byteOffset, floats.length);
  for (let i = 0; i < halves.length; i++) bits[i] = (halves[i] as number) << 16;
  return floats;
}

/** IEEE 754 binary16: 1 sign, 5 exponent (bias 15), 10 fraction bits. */
export function float16ToFloat32(
  halves: Uint16Array,
  floats: Float32Array<ArrayBuffer> = new Float32Array(halves.length),
): Float32Array<ArrayBuffer> {
  const bits = new Uint32Array(floats.buffer, floats.byteOffset, floats.length);
  for (let i = 0; i < halves.length; i++) {
    const half = halves[i] as number;
    const sign = (half & 0x8000) << 16;
    const exponent = (half >>> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0) {
      floats[i] = (sign === 0 ? 1 : -1) * fraction * 2 ** -24;
    } else if (exponent === 31) {
      bits[i] = sign | 0x7f800000 | (fraction << 13);
    } else {
      bits[i] = sign | ((exponent + 112) << 23) | (fraction << 13);
    }
  }
  return floats;
}
