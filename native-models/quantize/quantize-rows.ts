/** Rows of a matrix, as they are stored in the source, in blocks of integers. */
import type { FloatType } from '../onnx/float-type.ts';
import { widen } from '../safetensors/float-conversion.ts';
import type { SourceType } from '../source-tensor.ts';
import type { BlockFormat } from './block-format.ts';
import { quantizeMatrix } from './quantize-matrix.ts';

export interface RowsRequest {
  /** Little-endian source bytes of `rows` whole rows. */
  readonly bytes: Uint8Array;
  readonly type: SourceType;
  readonly rows: number;
  readonly columns: number;
  readonly format: BlockFormat;
  readonly scaleType: FloatType;
  readonly importance?: Float32Array | undefined;
}

export interface QuantizedRows {
  readonly codes: Uint8Array<ArrayBuffer>;
  readonly scales: Float32Array<ArrayBuffer>;
  readonly zeroPoints: Uint8Array<ArrayBuffer> | null;
  readonly rowErrors: Float64Array;
  readonly rowNorms: Float64Array;
}

/** Wherever it is done: in this thread, or in another. */
export type QuantizeRows = (request: RowsRequest) => Promise<QuantizedRows>;

export function quantizeRows({ bytes, type, rows, columns, format, ...options }: RowsRequest): QuantizedRows {
  return quantizeMatrix(widen(type, bytes), rows, columns, format, options);
}
