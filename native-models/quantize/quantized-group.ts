/** A matrix that is quantised when its turn to be written comes: the plan, its value names, and the measurement it leaves behind. */
import type { FloatType } from '../onnx/half-precision.ts';
import type { StoredGroup, TensorSpecification } from '../onnx/stored-tensors.ts';
import type { SourceTensor } from '../source-tensor.ts';
import { blockLayout, type BlockFormat } from './block-format.ts';
import { quantizeMatrix } from './quantize-matrix.ts';

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
    sourceByteLength: weight.byteLength,
    async produce() {
      const matrix = quantizeMatrix(await weight.read(), rows, columns, format, {
        scaleType,
        importance: inputMoments === undefined ? undefined : importanceOf(inputMoments),
      });
      onMeasured({ name: weight.name, rows, columns, format, relativeError: matrix.relativeError });
      const scaleBytes = new Uint8Array(matrix.scales.buffer);
      return matrix.zeroPoints === null ? [matrix.codes, scaleBytes] : [matrix.codes, scaleBytes, matrix.zeroPoints];
    },
  };
}

/** A channel that the calibration text did not drive still counts a little: other text may. */
const leastShare = 0.01;

function importanceOf(moments: Float32Array): Float32Array {
  const mean = moments.reduce((sum, moment) => sum + moment, 0) / moments.length;
  return mean === 0 ? moments.map(() => 1) : moments.map((moment) => moment / mean + leastShare);
}
