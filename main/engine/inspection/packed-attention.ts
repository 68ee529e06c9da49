/**
 * Attention as it is sent: the triangle that causality leaves, each weight as a 65,535th in two bytes. A quarter of the float32 square,
 * and the step is far below what a screen shows.
 */
import { fullAttention } from '../../contract/inspection.ts';
import { requireFinite } from '../require-finite.ts';
import { packUint16 } from '../../packing/pack-numbers.ts';

export interface AttentionSize {
  heads: number;
  /** Of `weights`: the tokens, and rows after them that are left out. */
  rows: number;
  length: number;
}

/** `weights` is `[heads, rows, rows]`. @throws WorkbenchError `MODEL_FILE_CORRUPT` */
export function packAttention(weights: Float32Array, { heads, rows, length }: AttentionSize): string {
  const codes = new Uint16Array((heads * length * (length + 1)) / 2);
  let at = 0;
  for (let head = 0; head < heads; head++) {
    for (let row = 0; row < length; row++) {
      const start = (head * rows + row) * rows;
      for (let column = 0; column <= row; column++) {
        const weight = weights[start + column] as number;
        if (Number.isNaN(weight)) requireFinite(weight, `token ${row} in head ${head} the attention`);
        codes[at++] = Math.round(Math.min(1, Math.max(0, weight)) * fullAttention);
      }
    }
  }
  return packUint16(codes);
}
