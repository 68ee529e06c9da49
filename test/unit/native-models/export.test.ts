import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportModel } from '../../../native-models/export.ts';
import type { ExportProgress } from '../../../native-models/progress.ts';
import { writeTinyLlama, type TinyLlamaOptions } from '../../fixtures/reference/tiny-llama.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

async function tinySource(options: TinyLlamaOptions = {}): Promise<{ source: string; output: string }> {
  const folder = temporaryFolder();
  const source = join(folder, 'source');
  await writeTinyLlama(source, options);
  return { source, output: join(folder, 'deep', 'output') };
}

async function filesIn(folder: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const read = paths.map(async (path): Promise<[string, Buffer]> => [
    path.slice(folder.length + 1),
    await readFile(path),
  ]);
  return new Map((await Promise.all(read)).sort(([a], [b]) => a.localeCompare(b)));
}

const readJson = async (folder: string, name: string) =>
  JSON.parse(await readFile(join(folder, name), 'utf8')) as Record<string, unknown>;

describe('exportModel', () => {
  it('writes the files of a model folder, and records the hash of each', async () => {
    const { source, output } = await tinySource();
    const origin = { repository: 'someone/tiny', revision: 'abc' };
    const report = await exportModel({ sourceFolder: source, outputFolder: output, variants: ['q4', 'fp32'], origin });
    const files = await filesIn(output);
    expect([...files.keys()].sort()).toEqual([
      'config.json',
      'genai_config.json',
      'generation_config.json',
      'onnx/model.onnx',
      'onnx/model.onnx_data',
      'onnx/model_q4.onnx',
      'onnx/model_q4.onnx_data',
      'tokenizer.json',
      'tokenizer_config.json',
      'workbench.json',
    ]);
    for (const [name, bytes] of files) {
      expect(report.files[name]).toEqual({
        byteLength: bytes.byteLength,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      });
    }
    const { 'workbench.json': _, ...recorded } = report.files;
    expect(await readJson(output, 'workbench.json')).toMatchObject({
      source: {
        origin,
        files: { 'model.safetensors': { byteLength: (await readFile(join(source, 'model.safetensors'))).byteLength } },
      },
      variants: { q4: { linear: { bits: 4, blockSize: 32 } }, fp32: { linear: { bits: 32 } } },
      files: recorded,
    });
    expect(await readJson(output, 'config.json')).toMatchObject({
      model_type: 'llama',
      'transformers.js_config': {
        dtype: 'q4',
        use_external_data_format: { 'model_q4.onnx': true, 'model.onnx': true },
      },
    });
    expect(await readJson(output, 'genai_config.json')).toMatchObject({
      model: { eos_token_id: [1, 2], pad_token_id: 1, decoder: { filename: 'onnx/model_q4.onnx', head_size: 16 } },
      search: { max_length: 64 },
    });
  });

  it('measures the error of every quantised matrix', async () => {
    const { source, output } = await tinySource({ layers: 1 });
    const { variants } = await exportModel({ sourceFolder: source, outputFolder: output, variants: ['q4'] });
    const measurements = variants[0]?.measurements ?? [];
    expect(measurements.map(({ name }) => name.split('.').at(-2))).toEqual([
      'embed_tokens',
      'q_proj',
      'k_proj',
      'v_proj',
      'o_proj',
      'gate_proj',
      'up_proj',
      'down_proj',
      'lm_head',
    ]);
    for (const { relativeError } of measurements) {
      expect(relativeError).toBeGreaterThan(0.01);
      expect(relativeError).toBeLessThan(0.12);
    }
  });

  it('makes the same bytes from the same source, also when the folder is its own source', async () => {
    const { source, output } = await tinySource();
    const request = { variants: ['q4', 'fp32'] as const };
    await exportModel({ ...request, sourceFolder: source, outputFolder: output });
    await exportModel({ ...request, sourceFolder: source, outputFolder: source });
    await exportModel({ ...request, sourceFolder: source, outputFolder: source });
    const inPlace = await filesIn(source);
    inPlace.delete('model.safetensors');
    expect(inPlace).toEqual(await filesIn(output));
  });

  it('counts every byte of the weights once, whatever is made of it, and never backwards', async () => {
    const { source, output } = await tinySource();
    const seen: ExportProgress[] = [];
    await exportModel({
      sourceFolder: source,
      outputFolder: output,
      variants: ['fp32', 'q4'],
      onProgress: (progress) => seen.push(progress),
    });
    const steps = seen.filter(({ phase }) => phase === 'convert').map(({ done }) => done);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    const { byteLength } = await readFile(join(source, 'model.safetensors'));
    const total = seen[0]?.total ?? 0;
    expect(steps.at(-1)).toBe(total);
    expect(total).toBeLessThan(byteLength);
    expect(total).toBeGreaterThan(0.9 * byteLength);
  });

  it('gives the same bytes whatever the number of threads', async () => {
    const { source, output } = await tinySource();
    const made = async (workers: number) => {
      const outputFolder = `${output}-${workers}`;
      await exportModel({ sourceFolder: source, outputFolder, variants: ['q4', 'q4f16'], workers });
      return filesIn(outputFolder);
    };
    const alone = await made(0);
    expect(await made(1)).toEqual(alone);
    expect(await made(3)).toEqual(alone);
  });

  it.each([0, 0.5, 1])('leaves nothing behind when cancelled with %d of the weights read', async (share) => {
    const { source, output } = await tinySource();
    const cancel = new AbortController();
    const exported = exportModel({
      sourceFolder: source,
      outputFolder: output,
      variants: ['fp32', 'q4'],
      signal: cancel.signal,
      onProgress: ({ phase, done, total }) => {
        if (phase === 'convert' && done >= share * total) cancel.abort();
      },
    });
    await expect(exported).rejects.toMatchObject({ name: 'AbortError' });
    expect(await readdir(join(output, '..', '..'))).toEqual(['source']);
  });

  it('leaves an earlier export as it was when a later one is cancelled', async () => {
    const { source, output } = await tinySource();
    await exportModel({ sourceFolder: source, outputFolder: output, variants: ['q4'] });
    const before = await filesIn(output);
    const cancel = new AbortController();
    const exported = exportModel({
      sourceFolder: source,
      outputFolder: output,
      variants: ['q4'],
      signal: cancel.signal,
      onProgress: ({ phase }) => {
        if (phase === 'convert') cancel.abort();
      },
    });
    await expect(exported).rejects.toMatchObject({ name: 'AbortError' });
    expect(await filesIn(output)).toEqual(before);
  });

  describe('refuses, and writes nothing:', () => {
    const weights = (source: string) => join(source, 'model.safetensors');
    it.each<[string, string, (source: string) => Promise<unknown>]>([
      ['truncated weights', 'safetensors.invalid', (source) => truncate(weights(source), 20_000)],
      ['weights cut inside the header', 'safetensors.invalid', (source) => truncate(weights(source), 100)],
      ['empty weights', 'safetensors.invalid', (source) => truncate(weights(source), 0)],
      [
        'text in place of weights',
        'safetensors.invalid',
        (source) => writeFile(weights(source), 'version https://git-lfs'),
      ],
      ['absent weights', 'source.missing', (source) => rm(weights(source))],
      ['an absent tokenizer', 'source.missing', (source) => rm(join(source, 'tokenizer.json'))],
      ['a configuration that is not JSON', 'config.invalid', (source) => writeFile(join(source, 'config.json'), '{')],
      [
        'a wrong generation config',
        'config.invalid',
        (source) => writeFile(join(source, 'generation_config.json'), '{"eos_token_id": "x"}'),
      ],
      [
        'a folder in place of a file',
        'source.missing',
        async (source) => {
          await rm(join(source, 'tokenizer.json'));
          await mkdir(join(source, 'tokenizer.json'));
        },
      ],
      [
        'weights of another model',
        'tensor.shape',
        async (source) => {
          await writeTinyLlama(`${source}-other`, { vocabularySize: 60 });
          await copyFile(weights(`${source}-other`), weights(source));
        },
      ],
      [
        'weights with fewer layers',
        'tensor.missing',
        async (source) => {
          await writeTinyLlama(`${source}-other`, { layers: 1 });
          await copyFile(weights(`${source}-other`), weights(source));
        },
      ],
    ])('%s', async (_, code, damage) => {
      const { source, output } = await tinySource();
      await damage(source);
      const exported = exportModel({ sourceFolder: source, outputFolder: output, variants: ['fp32'] });
      await expect(exported).rejects.toMatchObject({ name: 'ExportError', code });
      await expect(readdir(output)).rejects.toMatchObject({ code: 'ENOENT' });
    });

    it('no variant', async () => {
      const { source, output } = await tinySource();
      const exported = exportModel({ sourceFolder: source, outputFolder: output, variants: [] });
      await expect(exported).rejects.toMatchObject({ code: 'request.invalid' });
    });
  });
});
