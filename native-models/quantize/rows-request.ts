/** What quantising rows takes and gives, wherever it is done. */
import { ExportError } from '../export-error.ts';
import type { FloatType } from '../onnx/float-type.ts';
import type { SourceType } from '../source-tensor.ts';
import type { BlockFormat } from './block-format.ts';

export interface RowsRequest {
  /** For messages. */
  readonly tensor: string;
  readonly firstRow: number;
  /** Of `rows` whole rows, little-endian. */
  readonly bytes: Uint8Array;
  readonly type: SourceType;
  readonly rows: number;
  readonly columns: number;
  readonly format: BlockFormat;
  /** What the scales will be stored as; they are rounded to it before the codes are chosen. */
  readonly scaleType: FloatType;
  /** The mean square of the input of each column, by which errors count; all alike where it was not measured. */
  readonly importance?: Float32Array | undefined;
}

export interface QuantizedRows {
  /** `[rows, blocksPerRow, blockByteLength]` */
  readonly codes: Uint8Array<ArrayBuffer>;
  /** `[rows, blocksPerRow]` */
  readonly scales: Float32Array<ArrayBuffer>;
  /** `[rows, zeroPointsByteLength]`; `null` when symmetric. */
  readonly zeroPoints: Uint8Array<ArrayBuffer> | null;
  /** The squared norm of the error of each row, and of the row. */
  readonly rowErrors: Float64Array<ArrayBuffer>;
  readonly rowNorms: Float64Array<ArrayBuffer>;
}

/** Wherever it is done: in this thread, or in another. */
export type QuantizeRows = (request: RowsRequest) => Promise<QuantizedRows>;

export function notFinite({ tensor, firstRow }: RowsRequest, row: number): ExportError {
  const message = `Tensor "${tensor}" holds a weight that is not a finite number, in row ${firstRow + row}.`;
  return new ExportError('safetensors.invalid', message, {
    action: 'The weights are damaged: fetch them again, or choose another revision.',
    details: { tensor, row: firstRow + row },
  });
}
