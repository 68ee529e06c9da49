import { createHash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { beforeAll, describe, expect, it } from 'vitest';
import { exportForTarget } from '../../../../native-models/export-target.ts';
import { exportModel } from '../../../../native-models/export.ts';
import { ModelProtoSchema, type GraphProto } from '../../../../native-models/onnx/schema/onnx_pb.ts';
import { verifyModel } from '../../../../native-models/verify/verify-model.ts';
import type { Check } from '../../../../native-models/verify/report.ts';
import { writeTinyLlama } from '../../../fixtures/reference/tiny-llama.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

const made = ['fp32', 'q4', 'q4f16'] as const;
const calibrationSequences = () => Promise.resolve([[5, 6, 7, 8, 9, 10]]);

interface Folders {
  readonly source: string;
  readonly folder: string;
}

let source = '';
let whole = '';

/** One export for all tests; each of them damages a copy. */
beforeAll(async () => {
  const root = await mkdtemp(join(tmpdir(), 'lucie-verify-'));
  source = join(root, 'source');
  whole = join(root, 'whole');
  await writeTinyLlama(source, { layers: 4, hiddenSize: 128, headDimension: 32, contextLength: 40 });
  await exportModel({ sourceFolder: source, outputFolder: whole, variants: made, calibrationSequences });
  return () => rm(root, { recursive: true, force: true });
});

async function copy(): Promise<Folders> {
  const folder = join(temporaryFolder(), 'model');
  await cp(whole, folder, { recursive: true });
  return { source, folder };
}

/** Writes a file, and records its new hash: what only the content can tell from the right one. */
async function replace(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  await writeFile(join(folder, name), bytes);
  const path = join(folder, 'workbench.json');
  const record = JSON.parse(await readFile(path, 'utf8')) as { files: Record<string, object> };
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  record.files[name] = { byteLength: bytes.byteLength, sha256 };
  await writeFile(path, JSON.stringify(record));
}

async function changeGraph(folder: string, name: string, change: (graph: GraphProto) => void): Promise<void> {
  const model = fromBinary(ModelProtoSchema, await readFile(join(folder, name)));
  change(model.graph as GraphProto);
  await replace(folder, name, toBinary(ModelProtoSchema, create(ModelProtoSchema, model)));
}

async function changeConfig(folder: string, fields: object): Promise<void> {
  const config = JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')) as object;
  await replace(folder, 'config.json', Buffer.from(JSON.stringify({ ...config, ...fields })));
}

function tensorIn(graph: GraphProto, name: string): GraphProto['initializer'][number] {
  const found = graph.initializer.find((tensor) => tensor.name === name);
  if (found === undefined) throw new Error(`No tensor ${name}.`);
  return found;
}

async function offsetOf(folder: string, graphName: string, tensor: string): Promise<number> {
  const { graph } = fromBinary(ModelProtoSchema, await readFile(join(folder, graphName)));
  const entry = tensorIn(graph as GraphProto, tensor).externalData.find(({ key }) => key === 'offset');
  return Number(entry?.value);
}

const failures = (checks: readonly Check[]) => checks.filter(({ outcome }) => outcome === 'failed');
const kinds = (checks: readonly Check[]) => [...new Set(failures(checks).map(({ kind }) => kind))].sort();

describe('verifyModel', () => {
  it('passes what the exporter made, in every variant, with and without the published model', async () => {
    const { folder } = await copy();
    for (const against of [undefined, source]) {
      const { passed, checks } = await verifyModel(folder, { source: against });
      expect(failures(checks)).toEqual([]);
      expect(passed).toBe(true);
      const names = new Set(checks.map(({ variant }) => variant));
      expect([...names].sort()).toEqual([...made, 'q4_kv8', null].sort());
      expect(checks.some(({ kind }) => kind === 'source')).toBe(against !== undefined);
      for (const { variant, kind, difference, tolerance } of checks) {
        if (kind !== 'layer' && kind !== 'head') continue;
        // Float32 has no rounding to hide behind.
        if (variant === 'fp32') expect(difference).toBeLessThan(1e-5);
        expect(difference).toBeGreaterThan(0);
        expect(difference).toBeLessThan(tolerance ?? 0);
      }
    }
  });

  it.each<[string, Check['kind'][], (folders: Folders) => Promise<void>]>([
    [
      'a bit of the weights',
      ['file'],
      async ({ folder }) => {
        const path = join(folder, 'onnx', 'model_q4.onnx_data');
        const bytes = await readFile(path);
        bytes[1_000] = (bytes[1_000] as number) ^ 1;
        await writeFile(path, bytes);
      },
    ],
    [
      'a norm whose hash was made to fit',
      ['source'],
      async ({ folder }) => {
        const offset = await offsetOf(folder, 'onnx/model_q4.onnx', 'model.layers.0.input_layernorm.weight');
        const bytes = await readFile(join(folder, 'onnx', 'model_q4.onnx_data'));
        bytes.writeFloatLE(bytes.readFloatLE(offset) * 1.01, offset);
        await replace(folder, 'onnx/model_q4.onnx_data', bytes);
      },
    ],
    [
      'two matrices that changed places',
      ['graph', 'layer'],
      ({ folder }) =>
        changeGraph(folder, 'onnx/model_q4f16.onnx', (graph) => {
          const [a, b] = [0, 2].map((layer) => tensorIn(graph, `model.layers.${layer}.self_attn.q_proj.weight_q4`));
          const places = [a?.externalData, b?.externalData];
          if (a !== undefined) a.externalData = places[1] ?? [];
          if (b !== undefined) b.externalData = places[0] ?? [];
        }),
    ],
    ['another theta', ['layer', 'rotary', 'source'], ({ folder }) => changeConfig(folder, { rope_theta: 12_345 })],
    [
      'another epsilon, which the graph has as an attribute',
      ['graph', 'source'],
      ({ folder }) => changeConfig(folder, { rms_norm_eps: 2e-5 }),
    ],
    [
      'a norm that is not there',
      ['graph', 'layer'],
      ({ folder }) =>
        changeGraph(folder, 'onnx/model.onnx', (graph) => {
          const name = 'model.layers.2.post_attention_layernorm.weight';
          graph.initializer = graph.initializer.filter((tensor) => tensor.name !== name);
        }),
    ],
    [
      'a data file that was cut',
      ['file', 'graph'],
      ({ folder }) => truncate(join(folder, 'onnx', 'model.onnx_data'), 100),
    ],
    [
      'a stale record of a file',
      ['file'],
      async ({ folder }) => {
        const path = join(folder, 'tokenizer.json');
        await writeFile(path, `${await readFile(path, 'utf8')} `);
      },
    ],
    ['a file that is gone', ['file'], ({ folder }) => rm(join(folder, 'genai_config.json'))],
    [
      'a graph that is a link',
      ['file', 'graph'],
      async ({ folder }) => {
        await rename(join(folder, 'onnx', 'model.onnx'), join(folder, 'elsewhere.onnx'));
        await symlink(join(folder, 'elsewhere.onnx'), join(folder, 'onnx', 'model.onnx'));
      },
    ],
    [
      'a graph that names a file outside its folder',
      ['graph'],
      ({ folder }) =>
        changeGraph(folder, 'onnx/model.onnx', (graph) => {
          const [location] = tensorIn(graph, 'model.norm.weight').externalData;
          if (location !== undefined) location.value = '../../etc/passwd';
        }),
    ],
  ])('finds %s', async (_name, expected, damage) => {
    const folders = await copy();
    await damage(folders);
    const { passed, checks } = await verifyModel(folders.folder, { source: folders.source });
    expect(passed).toBe(false);
    expect(kinds(checks), JSON.stringify(failures(checks), null, 1)).toEqual(expected);
  });

  it('passes rows that are too small for float16 scales, as those of tokens that were never trained', async () => {
    const folder = temporaryFolder();
    const published = join(folder, 'source');
    await writeTinyLlama(published, { layers: 1, vocabularySize: 64, hiddenSize: 128 });
    const path = join(published, 'model.safetensors');
    const bytes = await readFile(path);
    const begin = 8 + Number(bytes.readBigUInt64LE(0));
    const header = JSON.parse(bytes.toString('utf8', 8, begin)) as Record<string, { data_offsets: [number, number] }>;
    const [from = 0, to = 0] = header['model.embed_tokens.weight']?.data_offsets ?? [];
    for (let at = begin + from; at < begin + to - 4 * 128; at += 4) bytes.writeFloatLE(at % 8 === 0 ? 5e-7 : -4e-7, at);
    await writeFile(path, bytes);
    const request = { sourceFolder: published, outputFolder: join(folder, 'output'), target: 'both' } as const;
    const { verification } = await exportForTarget(request);
    expect(failures(verification?.checks ?? [])).toEqual([]);
    expect(verification?.passed).toBe(true);
  });

  it('knows the weights of another model', async () => {
    const { folder } = await copy();
    const other = join(temporaryFolder(), 'other');
    await writeTinyLlama(other, { seed: 2, layers: 4, hiddenSize: 128, headDimension: 32, contextLength: 40 });
    const { checks } = await verifyModel(folder, { source: other });
    expect(kinds(checks)).toEqual(['source']);
    expect(failures(checks).length).toBeGreaterThan(30);
  });

  it('stops an export that does not pass, of which nothing is left', async () => {
    const output = join(temporaryFolder(), 'output');
    const exported = exportModel({
      sourceFolder: source,
      outputFolder: output,
      variants: ['q4'],
      // As a disk that loses what it was given.
      onProgress: ({ phase }) => {
        if (phase === 'verify') writeFileSync(join(output, '.export', 'genai_config.json'), '{}');
      },
    });
    await expect(exported).rejects.toMatchObject({
      code: 'verification.failed',
      details: { subject: 'genai_config.json' },
    });
    expect(existsSync(output)).toBe(false);
  });

  it('refuses a folder that the exporter did not write', async () => {
    await expect(verifyModel(source)).rejects.toMatchObject({
      code: 'source.missing',
      details: { file: 'workbench.json' },
    });
    const { folder } = await copy();
    await writeFile(join(folder, 'workbench.json'), '{"files": 3}');
    await expect(verifyModel(folder)).rejects.toMatchObject({ code: 'config.invalid' });
  });

  it('ends when it is told to', async () => {
    const { folder } = await copy();
    const stop = new AbortController();
    const verifying = verifyModel(folder, { signal: stop.signal, onProgress: () => stop.abort() });
    await expect(verifying).rejects.toMatchObject({ name: 'AbortError' });
  });
});
