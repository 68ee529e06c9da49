import { describe, expect, it } from 'vitest';
import { feedbackFactor, roundWithFeedback } from '../../../../native-models/demo/error-feedback.ts';
import { seededRandom } from '../../../fixtures/reference/tiny-llama.ts';

const size = 64;
const rows = 24;
const random = seededRandom(3);
const centred = () => random() + random() + random() - 1.5;

/** Inputs that go together: each is a mixture of a few sources and a little noise. */
const moments = (() => {
  const mixture = Array.from({ length: size }, () => Array.from({ length: 8 }, centred));
  const sum = new Float64Array(size * size);
  for (let sample = 0; sample < 400; sample++) {
    const sources = Array.from({ length: 8 }, centred);
    const input = mixture.map((weights) =>
      weights.reduce((total, w, i) => total + w * (sources[i] ?? 0), 0.1 * centred()),
    );
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) sum[i * size + j] = (sum[i * size + j] ?? 0) + (input[i] ?? 0) * (input[j] ?? 0);
    }
  }
  return sum;
})();

describe('error feedback along the row', () => {
  it('takes a factor whose product with its transpose is the inverse of the damped moments', () => {
    const factor = feedbackFactor(moments, size);
    let trace = 0;
    for (let i = 0; i < size; i++) trace += moments[i * size + i] ?? 0;
    const at = (i: number, j: number) => factor[i * size + j] ?? 0;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        if (j < i) expect(at(i, j)).toBe(0);
        let product = 0;
        for (let k = 0; k < size; k++) {
          let inverse = 0;
          for (let l = 0; l < size; l++) inverse += at(l, i) * at(l, k);
          product += inverse * ((moments[k * size + j] ?? 0) + (k === j ? (0.01 * trace) / size : 0));
        }
        expect(product).toBeCloseTo(i === j ? 1 : 0, 8);
      }
    }
  });

  it('makes the error of the output far smaller than rounding alone, which inputs that do not go together give', () => {
    const values = Float32Array.from({ length: rows * size }, centred);
    const identity = Float64Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 1 : 0));
    const outputError = (rounded: Float32Array) => {
      let sum = 0;
      for (let row = 0; row < rows; row++) {
        const error = Array.from(
          { length: size },
          (_, i) => (values[row * size + i] ?? 0) - (rounded[row * size + i] ?? 0),
        );
        for (let i = 0; i < size; i++) {
          for (let j = 0; j < size; j++) sum += (error[i] ?? 0) * (moments[i * size + j] ?? 0) * (error[j] ?? 0);
        }
      }
      return sum;
    };
    const matrix = { values, rows, columns: size };
    const alone = outputError(roundWithFeedback(matrix, 32, feedbackFactor(identity, size)));
    const fed = outputError(roundWithFeedback(matrix, 32, feedbackFactor(moments, size)));
    expect(fed).toBeGreaterThan(0);
    expect(fed).toBeLessThan(alone / 2);
  });
});
