/// <reference lib="esnext.float16" />
import { Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { int } from '../../../../native-models/onnx/attributes.ts';
import { embedding } from '../../../../native-models/operators/embedding.ts';
import { linear } from '../../../../native-models/operators/linear.ts';
import type { Precision } from '../../../../native-models/operators/model-build.ts';
import {
  blockLayout,
  bitsPerWeight,
  middleCode,
  type BlockFormat,
} from '../../../../native-models/quantize/block-format.ts';
import { quantizeMatrix, type QuantizedMatrix } from '../../../../native-models/quantize/quantize-matrix.ts';
import { seededRandom } from '../../../fixtures/reference/tiny-llama.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { memoryTensor, openGraph } from '../tiny-graph.ts';

const formats: readonly BlockFormat[] = [
  { bits: 4, blockSize: 32, symmetric: true },
  { bits: 4, blockSize: 32, symmetric: false },
  { bits: 4, blockSize: 16, symmetric: false },
  { bits: 4, blockSize: 128, symmetric: true },
  { bits: 8, blockSize: 32, symmetric: true },
  { bits: 8, blockSize: 32, symmetric: false },
];
const named = formats.map((format) => ({
  format,
  name: `int${format.bits} ${format.symmetric ? 'symmetric' : 'asymmetric'}, block ${format.blockSize}`,
}));

/** Roughly normal values; every third row is shifted to one side, which is where zero points matter. */
function randomMatrix(rows: number, columns: number, seed = 7): Float32Array<ArrayBuffer> {
  const random = seededRandom(seed);
  const normal = () => random() + random() + random() + random() - 2;
  return Float32Array.from({ length: rows * columns }, (_, i) =>
    Math.fround(normal() * 0.05 + (Math.floor(i / columns) % 3 === 0 ? 0.06 : 0)),
  );
}

/** `count` bits from `firstBit` on, low bits first. */
function bitsAt(bytes: Uint8Array, firstBit: number, count: number): number {
  let value = 0;
  for (let bit = 0; bit < count; bit++) {
    const at = firstBit + bit;
    value += (((bytes[Math.floor(at / 8)] ?? 0) >> (at % 8)) & 1) * 2 ** bit;
  }
  return value;
}

/** What each code of a block stands for, by the slow definition: `scale * (code - zeroPoint)`. */
function valuesOfCodes(
  matrix: QuantizedMatrix,
  row: number,
  block: number,
  columns: number,
  format: BlockFormat,
): number[] {
  const { blocksPerRow, zeroPointsByteLength } = blockLayout(columns, format);
  const scale = matrix.scales[row * blocksPerRow + block] ?? NaN;
  const zero =
    matrix.zeroPoints === null
      ? middleCode(format.bits)
      : bitsAt(matrix.zeroPoints, row * zeroPointsByteLength * 8 + block * format.bits, format.bits);
  return Array.from({ length: 2 ** format.bits }, (_, code) => scale * (code - zero));
}

function dequantize(matrix: QuantizedMatrix, rows: number, columns: number, format: BlockFormat): Float64Array {
  const { bits, blockSize } = format;
  const { blocksPerRow } = blockLayout(columns, format);
  return Float64Array.from({ length: rows * columns }, (_, i) => {
    const row = Math.floor(i / columns);
    const block = Math.floor((i % columns) / blockSize);
    const at = (row * blocksPerRow + block) * blockSize + ((i % columns) % blockSize);
    return valuesOfCodes(matrix, row, block, columns, format)[bitsAt(matrix.codes, at * bits, bits)] ?? NaN;
  });
}

function relativeError(values: Float32Array, restored: Float64Array): number {
  let error = 0;
  let norm = 0;
  for (const [i, value] of values.entries()) {
    error += (value - (restored[i] ?? NaN)) ** 2;
    norm += value ** 2;
  }
  return Math.sqrt(error / norm);
}

/** Plain rounding with the scale that the largest magnitude asks for. */
function withoutSearch(values: Float32Array, { bits, blockSize }: BlockFormat): Float64Array {
  const restored = new Float64Array(values.length);
  for (let begin = 0; begin < values.length; begin += blockSize) {
    const block = values.subarray(begin, begin + blockSize);
    const scale = block.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) / (middleCode(bits) - 1);
    for (const [i, value] of block.entries()) restored[begin + i] = Math.round(value / scale) * scale;
  }
  return restored;
}

describe.each(named)('quantizeMatrix, $name', ({ format }) => {
  it('stores what the slow definition of the layout restores, with the error that it reports', () => {
    const [rows, columns] = [6, 256];
    const values = randomMatrix(rows, columns);
    const matrix = quantizeMatrix(values, rows, columns, format);
    const restored = dequantize(matrix, rows, columns, format);
    // The report is summed in float32.
    expect(relativeError(values, restored) / matrix.relativeError).toBeCloseTo(1, 6);
    expect(matrix.relativeError).toBeLessThan(format.bits === 4 ? 0.12 : 0.008);
  });

  it('stores for every weight the code that stands nearest to it', () => {
    const [rows, columns] = [3, 128];
    const values = randomMatrix(rows, columns, 11);
    const matrix = quantizeMatrix(values, rows, columns, format);
    for (const [i, restored] of dequantize(matrix, rows, columns, format).entries()) {
      const value = values[i] as number;
      const block = Math.floor((i % columns) / format.blockSize);
      const possible = valuesOfCodes(matrix, Math.floor(i / columns), block, columns, format);
      const nearest = Math.min(...possible.map((candidate) => Math.abs(value - candidate)));
      expect(Math.abs(value - restored)).toBeCloseTo(nearest, 9);
    }
  });

  it('is not worse than plain rounding to the largest magnitude', () => {
    const values = randomMatrix(4, 256, 3);
    const { relativeError: searched } = quantizeMatrix(values, 4, 256, format);
    expect(searched).toBeLessThanOrEqual(relativeError(values, withoutSearch(values, format)));
  });

  it('keeps zeros, and fills a last incomplete block with zeros', () => {
    const [rows, columns] = [2, format.blockSize + 3];
    const values = new Float32Array(rows * columns);
    values[columns - 1] = 0.5;
    const matrix = quantizeMatrix(values, rows, columns, format);
    expect(matrix.codes.byteLength).toBe((rows * 2 * format.blockSize * format.bits) / 8);
    const restored = dequantize(matrix, rows, columns, format);
    expect(restored[columns - 1]).toBeCloseTo(0.5, 6);
    expect([...restored].filter((value) => value !== 0)).toHaveLength(1);
  });
});

describe.each(named)('ONNX Runtime on $name', ({ format }) => {
  const precision: Precision = { kind: 'blocks', format, accuracyLevel: 0 };
  const [rows, columns] = [10, 256];
  const values = randomMatrix(rows, columns, 23);
  const restored = dequantize(quantizeMatrix(values, rows, columns, format), rows, columns, format);
  const weight = memoryTensor('matrix.weight', [rows, columns], values);

  it('gathers the rows that the definition restores', async () => {
    const session = await openGraph(
      temporaryFolder(),
      (build) => {
        const ids = build.graph.input('ids', 'int64', ['batch', 'sequence']);
        build.graph.output(embedding(build, { name: '/e', ids, weight }), 'float32', ['batch', 'sequence', columns]);
      },
      precision,
    );
    const ids = new Tensor(
      'int64',
      BigInt64Array.from({ length: rows }, (_, i) => BigInt(i)),
      [1, rows],
    );
    const [gathered] = Object.values(await session.run({ ids }));
    await session.release();
    const data = gathered?.data as Float32Array;
    expect(gathered?.dims).toEqual([1, rows, columns]);
    for (const [i, value] of restored.entries()) expect(data[i]).toBeCloseTo(value, 6);
  });

  it('multiplies by the matrix that the definition restores', async () => {
    const session = await openGraph(temporaryFolder(), (build) => {
      const input = build.graph.input('input', 'float32', ['batch', 'sequence', columns]);
      const output = linear(build, { name: '/l', input, weight, precision });
      build.graph.output(output, 'float32', ['batch', 'sequence', rows]);
    });
    const identity = new Float32Array(columns * columns);
    for (let i = 0; i < columns; i++) identity[i * columns + i] = 1;
    const [product] = Object.values(
      await session.run({ input: new Tensor('float32', identity, [1, columns, columns]) }),
    );
    await session.release();
    const data = product?.data as Float32Array;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        expect(data[column * rows + row]).toBeCloseTo(restored[row * columns + column] as number, 5);
      }
    }
  });
});

describe('importance', () => {
  /** Ten channels of each block are driven thirty times as hard as the rest, and the weights have heavy tails. */
  const [rows, columns] = [32, 256];
  const moments = Float32Array.from({ length: columns }, (_, i) => (i % 32 < 10 ? 900 : 1));
  const values = randomMatrix(rows, columns, 41).map((value) => 40 * value ** 3);
  const outputError = (restored: Float64Array) =>
    Math.sqrt(
      restored.reduce((sum, value, i) => sum + (moments[i % columns] ?? NaN) * (value - (values[i] ?? NaN)) ** 2, 0),
    );

  it.each(named)('makes the error of the output smaller and that of the weights larger: $name', ({ format }) => {
    const even = quantizeMatrix(values, rows, columns, format);
    const weighted = quantizeMatrix(values, rows, columns, format, { importance: moments });
    expect(outputError(dequantize(weighted, rows, columns, format))).toBeLessThan(
      0.99 * outputError(dequantize(even, rows, columns, format)),
    );
    expect(weighted.relativeError).toBeGreaterThan(even.relativeError);
  });

  it('changes nothing where all channels count alike', () => {
    const format: BlockFormat = { bits: 4, blockSize: 32, symmetric: true };
    const even = quantizeMatrix(values, rows, columns, format);
    expect(quantizeMatrix(values, rows, columns, format, { importance: new Float32Array(columns).fill(1) })).toEqual(
      even,
    );
  });

  it('chooses codes for the scale that float16 can hold', () => {
    const format: BlockFormat = { bits: 4, blockSize: 32, symmetric: true };
    const { scales } = quantizeMatrix(values, rows, columns, format, { scaleType: 'float16' });
    expect(Float32Array.from(new Float16Array(scales))).toEqual(scales);
  });
});

describe('bitsPerWeight', () => {
  it('counts codes, scales and zero points', () => {
    expect(bitsPerWeight({ bits: 4, blockSize: 32, symmetric: true })).toBe(5);
    expect(bitsPerWeight({ bits: 4, blockSize: 32, symmetric: false })).toBe(5.125);
    expect(bitsPerWeight({ bits: 8, blockSize: 128, symmetric: true })).toBe(8.25);
  });
});

describe('a quantised embedding', () => {
  it('is refused where a row does not end with a block', async () => {
    const weight = memoryTensor('e.weight', [4, 40], new Float32Array(160));
    const format: BlockFormat = { bits: 4, blockSize: 32, symmetric: true };
    const opened = openGraph(
      temporaryFolder(),
      (build) => {
        const ids = build.graph.input('ids', 'int64', ['batch', 'sequence']);
        build.graph.node('Identity', {
          name: '/i',
          inputs: [embedding(build, { name: '/e', ids, weight })],
          attributes: { unused: int(0) },
        });
      },
      { kind: 'blocks', format, accuracyLevel: 0 },
    );
    await expect(opened).rejects.toMatchObject({
      code: 'config.unsupported',
      details: { hiddenSize: 40, blockSize: 32 },
    });
  });
});
