import { expect, test } from 'vitest';
import {
  checkInspectedLength,
  checkLayer,
  inspectionBytes,
  requireMemory,
  searchBytes,
} from '../../../../main/engine/inspection/inspection-limits.ts';
import type { ModelConfig } from '../../../../main/engine/model-config.ts';

const lucie: ModelConfig = {
  vocabularySize: 65_024,
  hiddenSize: 4_096,
  intermediateSize: 12_288,
  layers: 32,
  heads: 32,
  kvHeads: 8,
  headDim: 128,
  contextLength: 4_096,
  tiedEmbeddings: false,
  endIds: [2],
};

test('512 tokens are looked at, 513 are not', () => {
  expect(() => checkInspectedLength(512)).not.toThrow();
  expect(() => checkInspectedLength(513)).toThrow(
    expect.objectContaining({ code: 'INSPECTION_TOO_LONG', details: { tokens: 513, limit: 512 } }),
  );
});

test.each([-1, 32, 0.5])('there is no layer %d', (layer) => {
  expect(() => checkLayer(layer, 32)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
});

test('Lucie-7B in int4 takes a fraction of its weights, and more for a longer text', () => {
  const weightBytes = 4 * 2 ** 30;
  const short = inspectionBytes(lucie, weightBytes, 32);
  const long = inspectionBytes(lucie, weightBytes, 512);
  expect(short).toBeLessThan(weightBytes / 5);
  // At least its hidden states: 33 times 512 rows of 4,096 floats.
  expect(long - short).toBeGreaterThan(33 * (512 - 32) * 4_096 * 4);
  expect(long).toBeLessThan(1.5 * 2 ** 30);
});

test('a matrix that is used twice is counted once', () => {
  const tied = { ...lucie, layers: 1, tiedEmbeddings: true };
  const weightBytes = 2 ** 30;
  const [rows, each] = [2, 2 * 4 * 65_024];
  // Everything of a model of one layer, twice, and two tiles of logits.
  expect(inspectionBytes(tied, weightBytes, rows)).toBeGreaterThan(2 * weightBytes - 1e6 + 64 * each);
});

test('a search keeps the whole matrix where it is small, and never that of Lucie-7B', () => {
  const matrix = ({ vocabularySize, hiddenSize }: ModelConfig) => 4 * vocabularySize * hiddenSize;
  const small = { ...lucie, vocabularySize: 6_144, hiddenSize: 256 };
  expect(searchBytes(small, 0)).toBeGreaterThan(matrix(small));
  expect(searchBytes(lucie, 0)).toBeLessThan(matrix(lucie) / 2);
});

test('what does not fit is refused with both numbers', () => {
  expect(() => requireMemory(100, 100)).not.toThrow();
  expect(() => requireMemory(101, 100)).toThrow(
    expect.objectContaining({ code: 'MEMORY_INSUFFICIENT', details: { neededBytes: 101, availableBytes: 100 } }),
  );
});
