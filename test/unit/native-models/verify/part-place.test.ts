import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { placeApart, placePart } from '../../../../native-models/verify/part-place.ts';

const folder = resolve(import.meta.dirname, '../../../../native-models/demo/lucie-demo/onnx');
const graphPath = join(folder, 'model_q4.onnx');
const dataPath = join(folder, 'model_q4.onnx_data');

test.each([
  ['beside the graph', placePart],
  ['apart from it', placeApart],
])('%s ONNX Runtime finds the weights, and nothing is left', async (_name, place) => {
  const before = readdirSync(folder);
  const { path, remove } = await place(await readFile(graphPath), graphPath, dataPath);
  const session = await InferenceSession.create(path);
  expect(session.outputNames).toContain('logits');
  await session.release();
  await remove();
  expect(existsSync(path)).toBe(false);
  expect(readdirSync(folder)).toEqual(before);
});
