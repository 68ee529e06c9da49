/** A whole matrix that is in memory, quantised at once, with what that costs. */
import type { FloatType } from '../onnx/float-type.ts';
import type { BlockFormat } from './block-format.ts';
import { quantizeRows } from './quantize-rows.ts';
import type { QuantizedRows } from './rows-request.ts';

export interface QuantizedMatrix extends QuantizedRows {
  /** The norm of the error over the norm of the matrix. */
  readonly relativeError: number;
}

export interface QuantizeOptions {
  /** What the scales will be stored as. Float32 by default. */
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
  { scaleType = 'float32', importance }: QuantizeOptions = {},
): QuantizedMatrix {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const request = {
    tensor: 'matrix',
    firstRow: 0,
    bytes,
    type: 'F32',
    rows,
    columns,
    format,
    scaleType,
    importance,
  } as const;
  const quantized = quantizeRows(request);
  return { ...quantized, relativeError: relativeError([quantized]) };
}

/** The norm of the error over the norm of all rows together: summed row by row, however they were cut. */
export function relativeError(parts: Iterable<Pick<QuantizedRows, 'rowErrors' | 'rowNorms'>>): number {
  let error = 0;
  let norm = 0;
  for (const { rowErrors, rowNorms } of parts) {
    for (const squared of rowErrors) error += squared;
    for (const squared of rowNorms) norm += squared;
  }
  return norm === 0 ? 0 : Math.sqrt(error / norm);
}
