import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { beforeEach, describe, expect, it } from 'vitest';
import { calibrate } from '../../../../native-models/calibrate/calibrate.ts';
import { cacheScales, useInt8Cache } from '../../../../native-models/calibrate/int8-cache-graph.ts';
import { exportModel } from '../../../../native-models/export.ts';
import { readGraph } from '../../../../native-models/onnx/read-graph.ts';
import { writeTinyLlama } from '../../../fixtures/reference/tiny-llama.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

describe('calibrate', () => {
  let folder: string;
  let modelPath: string;
  beforeEach(async () => {
    folder = temporaryFolder();
    await writeTinyLlama(folder);
    await exportModel({ sourceFolder: folder, outputFolder: folder, variants: ['q4'] });
    modelPath = join(folder, 'onnx', 'model_q4.onnx');
  });

  it('measures every layer and every multiplied matrix, and leaves no file behind', async () => {
    const seen: number[] = [];
    const sequences = [[1, 2, 3], [], [4, 5]];
    const result = await calibrate({ modelPath, sequences, onTokens: (done) => seen.push(done) });
    expect(result.tokens).toBe(5);
    expect(seen).toEqual([3, 5]);
    expect([...result.largestCached.keys()].sort()).toEqual(
      ['0.key', '0.value', '1.key', '1.value'].map((part) => `present.${part}`),
    );
    expect(result.inputMoments.size).toBe(2 * 7 + 1);
    expect(result.inputMoments.get('model.layers.1.mlp.down_proj.weight')).toHaveLength(96);
    const query = result.inputMoments.get('model.layers.0.self_attn.q_proj.weight');
    // What comes out of a root mean square norm has a mean square near 1, its weights being near 1.
    expect((query ?? new Float32Array()).reduce((sum, moment) => sum + moment, 0) / 64).toBeCloseTo(1, 0);
    expect(result.inputMoments.get('model.layers.0.self_attn.v_proj.weight')).toEqual(query);
    expect((await readdir(join(folder, 'onnx'))).sort()).toEqual(['model_q4.onnx', 'model_q4.onnx_data']);
  });

  it('sees the same cache without measuring the inputs, and hears its signal between sequences', async () => {
    const sequences = [
      [1, 2, 3],
      [4, 5],
    ];
    const whole = await calibrate({ modelPath, sequences });
    const alone = await calibrate({ modelPath, sequences, inputMoments: false });
    expect(alone.largestCached).toEqual(whole.largestCached);
    expect(alone.inputMoments.size).toBe(0);
    const cancel = new AbortController();
    const seen: number[] = [];
    const onTokens = (done: number) => {
      seen.push(done);
      cancel.abort();
    };
    const cancelled = calibrate({ modelPath, sequences, signal: cancel.signal, onTokens });
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    expect(seen).toEqual([3]);
  });

  it('gives an int8 cache a tenth of headroom, and refuses to make one from another', async () => {
    const calibration = await calibrate({ modelPath, sequences: [[1, 2, 3]] });
    for (const [name, scale] of cacheScales(calibration)) {
      expect(scale * 127).toBeCloseTo(1.1 * (calibration.largestCached.get(name) ?? NaN), 5);
    }
    const calibrationSequences = () => Promise.resolve([[1, 2, 3]]);
    const request = { sourceFolder: folder, outputFolder: folder, variants: ['q4'] as const, calibrationSequences };
    const { files } = await exportModel(request);
    const record = JSON.parse(await readFile(join(folder, 'workbench.json'), 'utf8')) as Record<string, unknown>;
    const scales = Object.fromEntries(cacheScales(calibration));
    expect(record).toMatchObject({
      variants: {
        q4_kv8: { file: 'onnx/model_q4_kv8.onnx', keyValueCache: 'int8', calibration: { tokens: 3, scales } },
      },
      files: { 'onnx/model_q4_kv8.onnx': files['onnx/model_q4_kv8.onnx'] },
    });
    const int8Path = join(folder, 'onnx', 'model_q4_kv8.onnx');
    const session = await InferenceSession.create(int8Path);
    expect(session.inputMetadata.filter((input) => input.isTensor && input.type === 'int8')).toHaveLength(4);
    await session.release();
    await expect(calibrate({ modelPath: int8Path, sequences: [[1]] })).rejects.toMatchObject({
      code: 'request.invalid',
    });
  });

  it('refuses a missing layer, no text and no model', async () => {
    const { largestCached } = await calibrate({ modelPath, sequences: [[1]] });
    const partial = new Map([...largestCached].slice(1));
    const { graph } = await readGraph(modelPath);
    expect(() => useInt8Cache(graph, partial)).toThrow(expect.objectContaining({ code: 'graph.invalid' }));
    await expect(calibrate({ modelPath, sequences: [[]] })).rejects.toMatchObject({ code: 'request.invalid' });
    const absent = join(folder, 'onnx', 'model.onnx');
    await expect(calibrate({ modelPath: absent, sequences: [[1]] })).rejects.toMatchObject({ code: 'source.missing' });
  });
});
