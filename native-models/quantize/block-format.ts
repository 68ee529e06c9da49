/**
 * Block-wise integer weights as ONNX Runtime's MatMulNBits and GatherBlockQuantized store them. Every row of a matrix is cut
 * into blocks of `blockSize`; a block stands for `scale * (code - zeroPoint)`, with unsigned codes of `bits` bits packed
 * low bits first. Symmetric means that no zero points are stored: both operators then take `2^(bits - 1)`.
 * https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md
 */
import { elementTypes } from '../onnx/element-type.ts';
import type { FloatType } from '../onnx/float-type.ts';

export interface BlockFormat {
  readonly bits: 4 | 8;
  /** Weights that share one scale: a power of two from 16 on. */
  readonly blockSize: number;
  readonly symmetric: boolean;
}

export interface BlockLayout {
  readonly blocksPerRow: number;
  /** Bytes of the codes of one block. */
  readonly blockByteLength: number;
  /** Bytes of the zero points of one row. */
  readonly zeroPointsByteLength: number;
}

export function blockLayout(columns: number, { bits, blockSize }: BlockFormat): BlockLayout {
  const blocksPerRow = Math.ceil(columns / blockSize);
  return {
    blocksPerRow,
    blockByteLength: (blockSize * bits) / 8,
    zeroPointsByteLength: Math.ceil((blocksPerRow * bits) / 8),
  };
}

/** The code that stands for zero where no zero points are stored. */
export function middleCode(bits: BlockFormat['bits']): number {
  return 1 << (bits - 1);
}

/** Stored bits per weight: codes, one scale a block, and zero points where there are any. */
export function bitsPerWeight({ bits, blockSize, symmetric }: BlockFormat, scaleType: FloatType = 'float32'): number {
  return bits + (8 * elementTypes[scaleType].byteLength + (symmetric ? 0 : bits)) / blockSize;
}
