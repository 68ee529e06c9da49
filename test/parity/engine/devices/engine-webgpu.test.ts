/** The whole engine on WebGPU: chosen, fed, gone back in, forked, saved and given up. Needs an adapter, in software as well. */
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeviceProbe } from '../../../../main/contract/devices.ts';
import { Engine } from '../../../../main/engine/engine.ts';
import { probeWebgpu } from '../../../../main/engine/devices/webgpu-probe.ts';
import { recordedAnswers } from '../../../../native-models/demo/sequences.ts';
import { exportModel } from '../../../../native-models/export.ts';
import { OwnGreedy } from '../../../peers/own-greedy.ts';
import { answer, demoFolder, greedy, temporaryFolder } from '../demo-models.ts';
import { webgpuIsMissing } from './webgpu.ts';

const missing = await webgpuIsMissing();
if (missing !== null) console.warn(missing);

/** A driver in software takes one and a half minutes for the shaders of one model, once; then they are in its cache. */
const timeout = 600_000;
const sampling = { ...greedy, maxTokens: 24 };

describe.skipIf(missing !== null)('the engine on WebGPU', { timeout }, () => {
  const engine = new Engine();
  let folder: string;
  let probes: DeviceProbe[];
  let expected: { prompt: readonly number[]; ids: number[] }[];

  beforeAll(async () => {
    folder = await temporaryFolder();
    await exportModel({ sourceFolder: demoFolder, outputFolder: folder, variants: ['q4f16'] });
    for (const name of ['tokenizer.json', 'tokenizer_config.json'])
      await copyFile(join(demoFolder, name), join(folder, name));
    const cpu = await OwnGreedy.open(join(folder, 'onnx/model_q4f16.onnx'));
    expected = [];
    for (const { prompt_ids: prompt } of (await recordedAnswers()).slice(0, 4)) {
      const ids = await cpu.answer({ prompt, steps: sampling.maxTokens, stopIds: [267] });
      expected.push({ prompt, ids: ids.filter((id) => id !== 267) });
    }
    await cpu.release();
    probes = [await probeWebgpu()];
  }, timeout);
  afterAll(() => engine.unload());

  it('runs there, says so, and promises nothing to the last bit', async () => {
    const model = await engine.load(folder, 'webgpu', probes);
    expect(model).toMatchObject({ device: 'webgpu', file: 'onnx/model_q4f16.onnx', isExact: false });
    expect(model.deviceFallbacks).toEqual([]);
    expect(model.cacheBytesPerToken).toBe(4 * 2 * 2 * 32 * 2);
  });

  it('answers as the same graph does on the CPU, cold and from its caches', async () => {
    for (const { prompt, ids } of expected) {
      expect((await answer(engine, prompt, sampling)).ids).toEqual(ids);
      const again = await answer(engine, prompt, sampling);
      expect(again.ids).toEqual(ids);
      expect(again.end.statistics).toMatchObject({ reusedTokens: prompt.length - 1, drafts: { proposed: 0 } });
    }
  });

  it('keeps a sequence on the disk and takes it back to the device', async () => {
    const caches = join(await temporaryFolder(), 'caches');
    const prompt = Array.from({ length: 600 }, (_, i) => 300 + ((i * 37) % 5_000));
    await engine.keepCaches(caches);
    const before = await answer(engine, prompt, { ...sampling, maxTokens: 4 });
    await engine.unload();
    await engine.load(folder, 'webgpu', probes);
    const after = await answer(engine, prompt, { ...sampling, maxTokens: 4 });
    expect(after.end.statistics.reuse).toMatchObject({ source: 'disk', reusedTokens: 599 });
    expect(after.ids).toEqual(before.ids);
  });
});

it('a device that cannot be used gives way to the CPU, with its reason', async () => {
  const engine = new Engine();
  const probe: DeviceProbe = { usable: false, device: 'webgpu', reason: 'no-adapter', detail: 'none here' };
  const model = await engine.load(demoFolder, 'webgpu', [probe]);
  expect(model.device).toBe('cpu');
  expect(model.deviceFallbacks).toEqual([{ device: 'webgpu', reason: 'no-adapter', detail: 'none here' }]);
  await engine.unload();
});
