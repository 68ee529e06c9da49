/** Quantises a whole matrix block by block and measures what that costs. Layout: see `block-format.ts`. */
import { blockLayout, type BlockFormat } from './block-format.ts';
import { roundTo, type FloatType } from '../onnx/float-type.ts';
import { fitAsymmetric, fitSymmetric, type Block, type BlockFit } from './fit-block.ts';

export interface QuantizedMatrix {
  /** `[rows, blocksPerRow, blockByteLength]` */
  readonly codes: Uint8Array<ArrayBuffer>;
  /** `[rows, blocksPerRow]` */
  readonly scales: Float32Array<ArrayBuffer>;
  /** `[rows, zeroPointsByteLength]`; `null` when symmetric. */
  readonly zeroPoints: Uint8Array<ArrayBuffer> | null;
  /** The norm of the error over the norm of the matrix. */
  readonly relativeError: number;
  /** The squared error of each row, and its squared norm. */
  readonly rowErrors: Float64Array<ArrayBuffer>;
  readonly rowNorms: Float64Array<ArrayBuffer>;
}

export interface QuantizeOptions {
  /** What the scales will be stored as; they are rounded to it before the codes are chosen. Float32 by default. */
  readonly scaleType?: FloatType | undefined;
  /** The mean square of the input of each column, by which errors count; all alike where it was not measured. */
  readonly importance?: Float32Array | undefined;
}

/** `values` is row-major `[rows, columns]`. A last block beyond the columns is filled with zero points. */
export function quantizeMatrix(
  values: Float32Array,
  rows: number,
  columns: number,
  format: BlockFormat,
  { scaleType = 'float32', importance = new Float32Array(columns).fill(1) }: QuantizeOptions = {},
): QuantizedMatrix {
  const { bits, blockSize, symmetric } = format;
  const { blocksPerRow, blockByteLength, zeroPointsByteLength } = blockLayout(columns, format);
  const codes = new Uint8Array(rows * blocksPerRow * blockByteLength);
  const scales = new Float32Array(rows * blocksPerRow);
  const zeroPoints = symmetric ? null : new Uint8Array(rows * zeroPointsByteLength);
  const roundScale = roundTo(scaleType);
  const weights: Block = { values, importance, begin: 0, end: 0, column: 0 };
  const fit: BlockFit = { scale: 0, zeroPoint: 0 };
  const fitBlock = symmetric ? fitSymmetric : fitAsymmetric;
  const top = (1 << bits) - 1;
  const codesPerByte = 8 / bits;
  const rowErrors = new Float64Array(rows);
  const rowNorms = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    for (let block = 0; block < blocksPerRow; block++) {
      const index = row * blocksPerRow + block;
      const begin = row * columns + block * blockSize;
      const end = Math.min(begin + blockSize, (row + 1) * columns);
      weights.begin = begin;
      weights.end = end;
      weights.column = block * blockSize;
      fitBlock(weights, bits, fit);
      const scale = roundScale(fit.scale);
      const { zeroPoint } = fit;
      scales[index] = scale;
      if (zeroPoints !== null) {
        const at = row * zeroPointsByteLength + Math.floor(block / codesPerByte);
        zeroPoints[at] = (zeroPoints[at] as number) | (zeroPoint << (bits * (block % codesPerByte)));
      }
      const inverseScale = scale === 0 ? 0 : 1 / scale;
      const blockAt = index * blockByteLength;
      for (let i = 0; i < blockSize; i++) {
        let code = zeroPoint;
        if (begin + i < end) {
          const value = values[begin + i] as number;
          code = Math.floor(value * inverseScale + 0.5) + zeroPoint;
          if (code < 0) code = 0;
          else if (code > top) code = top;
          const error = value - scale * (code - zeroPoint);
          rowErrors[row] = (rowErrors[row] as number) + error * error;
          rowNorms[row] = (rowNorms[row] as number) + value * value;
        }
        const at = blockAt + Math.floor(i / codesPerByte);
        codes[at] = (codes[at] as number) | (code << (bits * (i % codesPerByte)));
      }
    }
  }
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  const norm = sum(rowNorms);
  const relativeError = norm === 0 ? 0 : Math.sqrt(sum(rowErrors) / norm);
  return { codes, scales, zeroPoints, relativeError, rowErrors, rowNorms };
}
