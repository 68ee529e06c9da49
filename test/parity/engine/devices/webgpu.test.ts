/** The graphs for a GPU, on WebGPU, against the same graphs on the CPU. Needs an adapter, in software as well. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoModelFolder, recordedAnswers } from '../../../../native-models/demo/sequences.ts';
import { exportModel } from '../../../../native-models/export.ts';
import { blocks, variants } from '../../../../native-models/variants.ts';
import { writeTinyLlama } from '../../../fixtures/reference/tiny-llama.ts';
import { OwnGreedy } from '../../../peers/own-greedy.ts';
import { StaticCacheModel } from './static-cache.ts';
import { webgpuIsMissing } from './webgpu.ts';

const missing = await webgpuIsMissing();
if (missing !== null) console.warn(missing);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'webgpu-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A driver in software takes one and a half minutes for the shaders of one model, once; then they are in its cache. */
const timeout = 600_000;

describe.skipIf(missing !== null)('on WebGPU', { timeout }, () => {
  it('the demo model in float16 answers as on the CPU, its cache written in place, grown, and rewound', async () => {
    await exportModel({ sourceFolder: demoModelFolder, outputFolder: folder, variants: ['q4f16'] });
    const path = join(folder, 'onnx/model_q4f16.onnx');
    const [gpu, cpu] = [await StaticCacheModel.open(path), await OwnGreedy.open(path)];
    const answers = (await recordedAnswers()).slice(0, 6);
    for (const { prompt, prompt_ids } of answers) {
      const limits = { steps: 24, stopIds: [267] };
      const expected = await cpu.answer({ prompt: prompt_ids, ...limits });
      gpu.rewind(0);
      expect(await gpu.greedy(prompt_ids, 8, 24, limits.stopIds), prompt).toEqual(expected);
      // The answer and the last four tokens of the prompt are forgotten: nothing but the mask says so.
      gpu.rewind(prompt_ids.length - 4);
      expect(await gpu.greedy(prompt_ids.slice(-4), 8, 24, limits.stopIds), prompt).toEqual(expected);
    }
    expect(gpu.capacity).toBeGreaterThanOrEqual(32);
    await Promise.all([gpu.release(), cpu.release()]);
  });

  it('a random model in float32 chooses the tokens that it chooses on the CPU', async () => {
    const source = join(folder, 'tiny');
    await writeTinyLlama(source, { seed: 3, hiddenSize: 128, intermediateSize: 256 });
    const wide = blocks(4, 128);
    const precisions = { embedding: wide, linear: wide, head: wide };
    await exportModel({ sourceFolder: source, outputFolder: source, variants: [{ ...variants.q4, precisions }] });
    const path = join(source, 'onnx/model_q4.onnx');
    const [gpu, cpu] = [await StaticCacheModel.open(path), await OwnGreedy.open(path)];
    const prompt = [1, 5, 9, 2, 7, 3, 8, 4];
    const expected = await cpu.answer({ prompt, steps: 24, stopIds: [] });
    expect(await gpu.greedy(prompt, 4, 24, [])).toEqual(expected);
    await Promise.all([gpu.release(), cpu.release()]);
  });
});
