/**
 * Attention as it is sent: the triangle that causality leaves, each weight as a 65,535th in two bytes. A quarter of the float32 square,
 * and the step is far below what a screen shows.
 */
const largestCode = 65_535;

export interface AttentionSize {
  heads: number;
  /** Of `weights`: the tokens, and rows after them that are left out. */
  rows: number;
  length: number;
}

/** `weights` is `[heads, rows, rows]`. Returns base64. */
export function packAttention(weights: Float32Array, { heads, rows, length }: AttentionSize): string {
  const packed = Buffer.alloc(heads * length * (length + 1));
  let at = 0;
  for (let head = 0; head < heads; head++) {
    for (let row = 0; row < length; row++) {
      const start = (head * rows + row) * rows;
      for (let column = 0; column <= row; column++) {
        const weight = Math.min(1, Math.max(0, weights[start + column] as number));
        at = packed.writeUInt16LE(Math.round(weight * largestCode), at);
      }
    }
  }
  return packed.toString('base64');
}
