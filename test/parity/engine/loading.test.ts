/** Loading for real: what is reported, what is refused and how, and that a failed load leaves the loaded model alone. */
import { cp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Engine } from '../../../main/engine/engine.ts';
import { answer, demoFolder, exportFp32, greedy, temporaryFolder } from './demo-models.ts';

describe('load', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
    const isNeeded = (path: string): boolean => !path.endsWith('.safetensors');
    await cp(demoFolder, folder, { recursive: true, filter: isNeeded });
  });

  const edit = async (name: string, change: Record<string, unknown>): Promise<void> => {
    const path = join(folder, name);
    await writeFile(path, JSON.stringify({ ...(JSON.parse(await readFile(path, 'utf8')) as object), ...change }));
  };
  const failure = (engine = new Engine()): Promise<unknown> =>
    engine.load(folder, 'auto').then(
      () => 'loaded',
      (error: unknown) => error,
    );

  it('says what runs and why', async () => {
    const fallback = { device: 'webgpu', reason: 'no-adapter', detail: 'no Vulkan' } as const;
    const model = await new Engine().load(folder, 'webgpu', [{ usable: false, ...fallback }]);
    expect(model).toMatchObject({
      folder,
      file: 'onnx/model_q4.onnx',
      device: 'cpu',
      contextLength: 1_024,
      vocabularySize: 6_144,
      layers: 4,
      hiddenSize: 256,
      parameterCount: 6_162_688,
      stopIds: [0, 1, 265, 266, 267],
    });
    expect(model.deviceFallbacks).toEqual([fallback]);
    expect(model.memoryPlan).toMatchObject({ weightBytes: model.weightBytes, contextThatFits: 1_024 });
    expect(model.threads).toBeGreaterThan(0);
    expect(model.weightBytes).toBeGreaterThan(3_000_000);
  });

  it('refuses a model that does not fit into free memory before the runtime opens it', async () => {
    const available = vi.spyOn(process, 'availableMemory').mockReturnValue(3_000_000);
    try {
      expect(await failure()).toMatchObject({ code: 'MEMORY_INSUFFICIENT', details: { availableBytes: 3_000_000 } });
    } finally {
      available.mockRestore();
    }
  });

  it('refuses a graph of another shape with both shapes', async () => {
    await edit('config.json', { vocab_size: 7_000 });
    expect(await failure()).toMatchObject({
      code: 'MODEL_SHAPE_MISMATCH',
      details: {
        value: 'output logits',
        expected: 'float32 [any, any, 7000]',
        actual: expect.stringContaining('6144'),
      },
    });
    await edit('config.json', { vocab_size: 6_144, num_hidden_layers: 5 });
    expect(await failure()).toMatchObject({
      code: 'MODEL_SHAPE_MISMATCH',
      details: { value: 'input past_key_values.4.key', actual: 'absent' },
    });
    await edit('config.json', { num_hidden_layers: 4, num_key_value_heads: 4 });
    expect(await failure()).toMatchObject({
      code: 'MODEL_SHAPE_MISMATCH',
      details: { expected: 'float32 [any, 4, any, 32]' },
    });
  });

  it('refuses a graph that is cut off or is something else', async () => {
    await truncate(join(folder, 'onnx/model_q4.onnx'), 20_000);
    expect(await failure()).toMatchObject({ code: 'MODEL_FILE_CORRUPT', details: { file: 'onnx/model_q4.onnx' } });
    await writeFile(join(folder, 'onnx/model_q4.onnx'), 'version https://git-lfs.github.com/spec/v1\n');
    expect(await failure()).toMatchObject({ code: 'MODEL_FILE_CORRUPT' });
    await writeFile(join(folder, 'onnx/model_q4.onnx'), '');
    expect(await failure()).toMatchObject({ code: 'MODEL_FILE_CORRUPT' });
  });

  it('refuses a graph without its data, or with a part of it', async () => {
    await truncate(join(folder, 'onnx/model_q4.onnx_data'), 1_000_000);
    expect(await failure()).toMatchObject({
      code: 'MODEL_FILE_CORRUPT',
      message: expect.stringContaining('1000000 bytes'),
    });
    await rm(join(folder, 'onnx/model_q4.onnx_data'));
    expect(await failure()).toMatchObject({ code: 'MODEL_FILE_MISSING', details: { file: 'onnx/model_q4.onnx_data' } });
    await rm(join(folder, 'onnx'), { recursive: true });
    expect(await failure()).toMatchObject({ code: 'MODEL_FILE_MISSING' });
  });

  it('refuses a tokenizer that is missing or belongs to a larger model', async () => {
    await edit('config.json', { vocab_size: 6_000 });
    expect(await failure()).toMatchObject({
      code: 'TOKENIZER_INVALID',
      message: expect.stringMatching(/6144 tokens.*6000/),
    });
    await rm(join(folder, 'tokenizer.json'));
    expect(await failure()).toMatchObject({ code: 'TOKENIZER_INVALID' });
  });

  it('keeps the loaded model when another one fails, and frees it when another one loads', async () => {
    const engine = new Engine();
    await expect(engine.generate({ generationId: 'x', promptIds: [0], sampling: greedy })).rejects.toMatchObject({
      code: 'MODEL_NOT_LOADED',
    });
    await expect(engine.encodeChat([], true)).rejects.toMatchObject({ code: 'MODEL_NOT_LOADED' });
    await engine.load(demoFolder, 'auto');
    const { ids } = await engine.encodeChat([{ role: 'user', text: 'Bonjour' }], true);
    const before = await answer(engine, ids);
    await rm(join(folder, 'onnx/model_q4.onnx_data'));
    expect(await failure(engine)).toMatchObject({ code: 'MODEL_FILE_MISSING' });
    expect((await answer(engine, ids)).ids).toEqual(before.ids);
    await engine.load(await exportFp32(), 'auto');
    expect(engine.memory().cachedTokens).toBe(0);
    await engine.unload();
    await expect(engine.encodeChat([], true)).rejects.toMatchObject({ code: 'MODEL_NOT_LOADED' });
    await engine.unload();
  });

  it('ends a running answer before it lets the model go', async () => {
    const engine = new Engine();
    await engine.load(demoFolder, 'auto');
    const { ids } = await engine.encodeChat([{ role: 'user', text: 'Qui es-tu ?' }], true);
    let unloaded: Promise<void> | null = null;
    const { end } = await answer(engine, ids, greedy, (event) => {
      if (event.type === 'token') unloaded ??= engine.unload();
    });
    expect(end.reason).toBe('cancelled');
    await unloaded;
    expect(engine.memory().cachedTokens).toBe(0);
  });

  it('loads a model without a chat template, and says so when one is needed', async () => {
    await edit('tokenizer_config.json', { chat_template: null });
    const engine = new Engine();
    await engine.load(folder, 'auto');
    await expect(engine.encodeChat([{ role: 'user', text: 'a' }], true)).rejects.toMatchObject({
      code: 'CHAT_TEMPLATE_INVALID',
    });
  });
});
