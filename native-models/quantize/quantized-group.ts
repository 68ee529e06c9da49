/** A matrix that is quantised when its turn to be written comes: the plan, its value names, and the measurement it leaves behind. */
import type { FloatType } from '../onnx/float-type.ts';
import type { ProducedBytes, StoredGroup, TensorSpecification } from '../onnx/stored-tensors.ts';
import type { SourceTensor } from '../source-tensor.ts';
import { blockLayout, type BlockFormat } from './block-format.ts';
import type { QuantizedRows } from './quantize-rows.ts';

export interface MatrixMeasurement {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly format: BlockFormat;
  /** The norm of the error over the norm of the matrix. */
  readonly relativeError: number;
}

export interface QuantizedGroup extends StoredGroup {
  readonly codes: string;
  readonly scales: string;
  /** `null` when symmetric. */
  readonly zeroPoints: string | null;
}

export interface QuantizedGroupOptions {
  readonly name: string;
  /** `[rows, columns]` */
  readonly weight: SourceTensor;
  readonly format: BlockFormat;
  /** The two operators give the same bytes two shapes: one row in blocks, or one flat row. */
  readonly codesShape: 'blocks' | 'rows';
  /** What the graph stores the scales as. */
  readonly scaleType: FloatType;
  /** The mean square of the input of each column, where a calibration run measured it. */
  readonly inputMoments?: Float32Array | undefined;
  readonly onMeasured: (measurement: MatrixMeasurement) => void;
}

export function quantizedGroup({
  name,
  weight,
  format,
  codesShape,
  scaleType,
  inputMoments,
  onMeasured,
}: QuantizedGroupOptions): QuantizedGroup {
  const [rows = 0, columns = 0] = weight.shape;
  const { blocksPerRow, blockByteLength, zeroPointsByteLength } = blockLayout(columns, format);
  const codes: TensorSpecification = {
    name: `${name}.weight_q${format.bits}`,
    type: 'uint8',
    shape: codesShape === 'blocks' ? [rows, blocksPerRow, blockByteLength] : [rows, blocksPerRow * blockByteLength],
  };
  const scales: TensorSpecification = { name: `${name}.scales`, type: 'float32', shape: [rows, blocksPerRow] };
  const zeroPoints: TensorSpecification = {
    name: `${name}.zero_points`,
    type: 'uint8',
    shape: [rows, zeroPointsByteLength],
  };
  return {
    codes: codes.name,
    scales: scales.name,
    zeroPoints: format.symmetric ? null : zeroPoints.name,
    tensors: format.symmetric ? [codes, scales] : [codes, scales, zeroPoints],
    source: weight,
    async *produce({ slabs, quantize, parallelism }) {
      const written = new Float32Array(rows * blocksPerRow);
      const writtenZeroPoints = new Uint8Array(format.symmetric ? 0 : rows * zeroPointsByteLength);
      const importance = inputMoments === undefined ? undefined : importanceOf(inputMoments);
      const inWork: { readonly begin: number; readonly result: Promise<QuantizedRows> }[] = [];
      let squaredError = 0;
      let squaredNorm = 0;
      const next = async (): Promise<ProducedBytes> => {
        const { begin, result } = inWork.shift() as (typeof inWork)[number];
        const quantized = await result;
        written.set(quantized.scales, begin * blocksPerRow);
        if (quantized.zeroPoints !== null) writtenZeroPoints.set(quantized.zeroPoints, begin * zeroPointsByteLength);
        for (const [row, error] of quantized.rowErrors.entries()) {
          squaredError += error;
          squaredNorm += quantized.rowNorms[row] as number;
        }
        return { tensor: 0, bytes: quantized.codes };
      };
      for await (const slab of slabs()) {
        const { begin, end, bytes, type } = slab;
        const result = quantize({ bytes, type, rows: end - begin, columns, format, scaleType, importance });
        // It is heard when its turn comes, or was given up for the failure of another.
        result.catch(() => undefined);
        inWork.push({ begin, result });
        if (inWork.length > parallelism) yield await next();
      }
      while (inWork.length > 0) yield await next();
      const relativeError = squaredNorm === 0 ? 0 : Math.sqrt(squaredError / squaredNorm);
      onMeasured({ name: weight.name, rows, columns, format, relativeError });
      yield { tensor: 1, bytes: new Uint8Array(written.buffer) };
      if (!format.symmetric) yield { tensor: 2, bytes: writtenZeroPoints };
    },
  };
}

/** A channel that the calibration text did not drive still counts a little: other text may. */
const leastShare = 0.01;

function importanceOf(moments: Float32Array): Float32Array {
  const mean = moments.reduce((sum, moment) => sum + moment, 0) / moments.length;
  return mean === 0 ? moments.map(() => 1) : moments.map((moment) => moment / mean + leastShare);
}
