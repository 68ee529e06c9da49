/**
 * Rounding to int4 with error feedback along the row: the error of a column is made up for by the columns that are still to be
 * rounded, weighted by how the inputs go together (GPTQ, Frantar et al. 2022, https://arxiv.org/abs/2210.17323). An experiment: the
 * exporter does not do this.
 */
import { quantizeMatrix } from '../quantize/quantize-matrix.ts';

export interface RowMajor {
  readonly values: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

/** Added to the diagonal, as a share of its mean: inputs that never went together must not divide by zero. The paper's value. */
const damping = 0.01;
/** Σ x xᵀ of a matrix's inputs, row-major `[columns, columns]`. */
export type SecondMoments = Float64Array;

/** The weights that the codes stand for; the scales of a block are fitted by the exporter when its turn comes. */
export function roundWithFeedback(
  { values, rows, columns }: RowMajor,
  blockSize: number,
  factor: Float64Array,
): Float32Array<ArrayBuffer> {
  const remaining = Float64Array.from(values);
  const rounded = new Float32Array(values.length);
  const format = { bits: 4, blockSize, symmetric: true } as const;
  for (let begin = 0; begin < columns; begin += blockSize) {
    const block = Float32Array.from({ length: rows * blockSize }, (_, i) => {
      return remaining[Math.floor(i / blockSize) * columns + begin + (i % blockSize)] as number;
    });
    const { scales } = quantizeMatrix(block, rows, blockSize, format);
    for (let row = 0; row < rows; row++) {
      const scale = scales[row] as number;
      for (let column = begin; column < begin + blockSize; column++) {
        const weight = remaining[row * columns + column] as number;
        const code = scale === 0 ? 0 : Math.min(7, Math.max(-8, Math.floor(weight / scale + 0.5)));
        rounded[row * columns + column] = scale * code;
        const error = (weight - scale * code) / (factor[column * columns + column] as number);
        for (let later = column + 1; later < columns; later++) {
          const at = row * columns + later;
          remaining[at] = (remaining[at] as number) - error * (factor[column * columns + later] as number);
        }
      }
    }
  }
  return rounded;
}

/** The upper triangular U with Uᵀ U = (moments + damping)⁻¹: row j says how the error of column j spreads. */
export function feedbackFactor(moments: SecondMoments, size: number): Float64Array {
  const damped = Float64Array.from(moments);
  let trace = 0;
  for (let i = 0; i < size; i++) trace += moments[i * size + i] as number;
  for (let i = 0; i < size; i++) damped[i * size + i] = (damped[i * size + i] as number) + (damping * trace) / size;
  // With rows and columns in reverse order, damped = L Lᵀ gives damped⁻¹ = Uᵀ U for U = L⁻¹ in the original order.
  const lower = lowerCholesky(reversed(damped), size);
  return reversed(inverseOfLower(lower, size));
}

function reversed(matrix: Float64Array): Float64Array {
  return matrix.toReversed();
}

function lowerCholesky(matrix: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * size + column] as number;
      for (let k = 0; k < column; k++) sum -= (lower[row * size + k] as number) * (lower[column * size + k] as number);
      lower[row * size + column] = row === column ? Math.sqrt(sum) : sum / (lower[column * size + column] as number);
    }
  }
  return lower;
}

function inverseOfLower(lower: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    const diagonal = lower[row * size + row] as number;
    for (let k = 0; k < row; k++) {
      const share = lower[row * size + k] as number;
      for (let column = 0; column <= k; column++) {
        const at = row * size + column;
        inverse[at] = (inverse[at] as number) - (share * (inverse[k * size + column] as number)) / diagonal;
      }
    }
    inverse[row * size + row] = 1 / diagonal;
  }
  return inverse;
}
