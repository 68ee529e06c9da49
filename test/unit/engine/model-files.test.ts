import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findModelFile } from '../../../main/engine/model-files.ts';
import { externalTensor, graphWith } from './onnx-bytes.ts';

describe('findModelFile', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'model-'));
    await mkdir(join(folder, 'onnx'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const graph = graphWith([externalTensor('model_q4.onnx_data', 16, 84)]);

  it('prefers the int4 graph and counts its data', async () => {
    await writeFile(join(folder, 'onnx/model.onnx'), graphWith([]));
    expect((await findModelFile(folder)).name).toBe('onnx/model.onnx');
    await writeFile(join(folder, 'onnx/model_q4.onnx'), graph);
    await writeFile(join(folder, 'onnx/model_q4.onnx_data'), Buffer.alloc(100));
    expect(await findModelFile(folder)).toEqual({
      name: 'onnx/model_q4.onnx',
      path: join(folder, 'onnx/model_q4.onnx'),
      byteLength: graph.length + 100,
    });
  });

  it('prefers the int8 cache over the same data', async () => {
    await writeFile(join(folder, 'onnx/model_q4.onnx'), graph);
    await writeFile(join(folder, 'onnx/model_q4.onnx_data'), Buffer.alloc(100));
    await writeFile(join(folder, 'onnx/model_q4_kv8.onnx'), graph);
    expect(await findModelFile(folder)).toMatchObject({
      name: 'onnx/model_q4_kv8.onnx',
      byteLength: graph.length + 100,
    });
  });

  it('names the file that is missing', async () => {
    await expect(findModelFile(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
    await expect(findModelFile(folder)).rejects.toMatchObject({
      code: 'MODEL_FILE_MISSING',
      message: expect.stringContaining('onnx/model_q4.onnx'),
    });
    await writeFile(join(folder, 'onnx/model_q4.onnx'), graph);
    await expect(findModelFile(folder)).rejects.toMatchObject({
      code: 'MODEL_FILE_MISSING',
      details: { folder, file: join('onnx', 'model_q4.onnx_data') },
    });
  });

  it('notices files that are too short', async () => {
    await writeFile(join(folder, 'onnx/model_q4.onnx'), graph);
    await writeFile(join(folder, 'onnx/model_q4.onnx_data'), Buffer.alloc(99));
    await expect(findModelFile(folder)).rejects.toMatchObject({
      code: 'MODEL_FILE_CORRUPT',
      message: expect.stringMatching(/has 99 bytes; .* refers to 100/),
    });
    await writeFile(join(folder, 'onnx/model_q4.onnx'), graph.subarray(0, graph.length - 3));
    await expect(findModelFile(folder)).rejects.toMatchObject({
      code: 'MODEL_FILE_CORRUPT',
      details: { file: 'onnx/model_q4.onnx' },
    });
  });
});
