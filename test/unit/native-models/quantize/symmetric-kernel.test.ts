/// <reference lib="esnext.float16" />
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { compileKernel, kernelFile } from '../../../../build/scripts/build-kernel.ts';
import { quantizeRows } from '../../../../native-models/quantize/quantize-rows.ts';
import type { RowsRequest } from '../../../../native-models/quantize/rows-request.ts';
import type { SourceType } from '../../../../native-models/source-tensor.ts';
import { quantiseSlowly } from '../../../fixtures/reference/quantise-block.ts';
import { seededRandom } from '../../../fixtures/reference/tiny-llama.ts';

const random = seededRandom(20261124);
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(random() * values.length)] as Value;

/** Shapes of weights that each break another shortcut. */
const kinds: Record<string, () => number> = {
  normal: () => 0.02 * normal(),
  uniform: () => random() - 0.5,
  'heavy-tailed': () => (0.01 * normal()) / Math.abs(normal()),
  sparse: () => (random() < 0.9 ? 0 : normal()),
  'all zero': () => 0,
  constant: () => 0.3,
  'two opposite values': () => (random() < 0.5 ? -1.5 : 1.5),
  'halves of a step': () => Math.floor(random() * 16 - 8) / 2,
  denormal: () => 1e-40 * normal(),
  'near the smallest': () => (random() < 0.5 ? 1e-45 : 0),
  huge: () => 3e38 * (2 * random() - 1),
  'of every size': () => normal() * 10 ** (40 * random() - 20),
};

function bytesOf(values: readonly number[], type: SourceType): Uint8Array<ArrayBuffer> {
  if (type === 'F32') return new Uint8Array(Float32Array.from(values).buffer);
  if (type === 'F16') {
    return new Uint8Array(Float16Array.from(values, (value) => Math.min(Math.max(value, -65_504), 65_504)).buffer);
  }
  const bits = new Uint32Array(Float32Array.from(values).buffer);
  return new Uint8Array(Uint16Array.from(bits, (value) => value >>> 16).buffer);
}

function request(kind: string, change: Partial<RowsRequest> = {}): RowsRequest {
  const rows = 1 + Math.floor(random() * 4);
  const columns = pick([1, 3, 16, 31, 64, 100, 128, 257]);
  const type = pick<SourceType>(['F32', 'F16', 'BF16']);
  const values = Array.from({ length: rows * columns }, kinds[kind] ?? normal);
  const importance = random() < 0.3 ? Float32Array.from({ length: columns }, () => random() * 4) : undefined;
  return {
    tensor: 'w',
    firstRow: 0,
    bytes: bytesOf(values, type),
    type,
    rows,
    columns,
    format: { bits: pick([4, 8]), blockSize: pick([16, 32, 64, 128]), symmetric: true },
    scaleType: pick(['float32', 'float16']),
    importance,
    ...change,
  };
}

describe('the quantisation kernel', () => {
  it('is what its source compiles to', async () => {
    expect(await readFile(kernelFile, 'utf8')).toBe(await compileKernel());
  });

  it.each(Object.keys(kinds))('gives the bits of the slow definition for weights that are %s', (kind) => {
    for (let round = 0; round < 60; round++) {
      const rows = request(kind);
      const { codes, scales, rowErrors, rowNorms } = quantizeRows(rows);
      const slow = quantiseSlowly(rows);
      const label = JSON.stringify({ ...rows, bytes: null, importance: rows.importance !== undefined });
      expect([...codes], label).toEqual(slow.codes);
      expect(scales, label).toEqual(Float32Array.from(slow.scales));
      expect(rowErrors, label).toEqual(Float64Array.from(slow.rowErrors));
      expect(rowNorms, label).toEqual(Float64Array.from(slow.rowNorms));
      expect([...scales, ...rowErrors, ...rowNorms].every(Number.isFinite), label).toBe(true);
    }
  });

  it('gives the same rows however they are cut', () => {
    const rows = request('heavy-tailed', { rows: 9, columns: 100, type: 'F32' });
    const values = Float32Array.from({ length: 900 }, normal);
    const whole = quantizeRows({ ...rows, bytes: new Uint8Array(values.buffer), importance: undefined });
    const parts = [0, 4, 5].map((begin, i) => {
      const end = [4, 5, 9][i] as number;
      const bytes = new Uint8Array(values.slice(begin * 100, end * 100).buffer);
      return quantizeRows({ ...rows, bytes, rows: end - begin, importance: undefined });
    });
    expect(Buffer.concat(parts.map(({ codes }) => codes)).equals(whole.codes)).toBe(true);
    expect(parts.flatMap(({ scales }) => [...scales])).toEqual([...whole.scales]);
    expect(parts.flatMap(({ rowErrors }) => [...rowErrors])).toEqual([...whole.rowErrors]);
  });

  it.each(['F32', 'F16', 'BF16'] as const)('refuses a weight of %s that is not finite, wherever it is', (type) => {
    for (const wrong of [Number.NaN, Infinity, -Infinity]) {
      for (const at of [0, 7, 34, 69]) {
        const rows = request('normal', { type, rows: 2, columns: 35, importance: undefined });
        const bytes = bytesOf(Array.from({ length: 70 }, normal), type);
        if (type === 'F32') new Float32Array(bytes.buffer)[at] = wrong;
        else if (type === 'F16') new Float16Array(bytes.buffer)[at] = wrong;
        else new Uint16Array(bytes.buffer)[at] = (new Uint32Array(Float32Array.of(wrong).buffer)[0] as number) >>> 16;
        const expected = { code: 'safetensors.invalid', details: { tensor: 'w', row: at < 35 ? 0 : 1 } };
        const attempt = () => quantizeRows({ ...rows, bytes });
        expect(attempt).toThrow(expect.objectContaining(expected) as Error);
        expect(() => quantizeRows({ ...rows, bytes, format: { ...rows.format, symmetric: false } })).toThrow(
          expect.objectContaining(expected) as Error,
        );
      }
    }
  });
});
