/** The files of each target against the float32 export: nearly lossless, side by side with int4 in blocks of 32 and a float32 cache. */
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultTextPath, readTexts, textSequences } from '../../../native-models/calibrate/text-sequences.ts';
import { divergence, meanDivergence, type Divergence } from '../../../native-models/demo/divergence.ts';
import { sequenceLogits } from '../../../native-models/demo/logits.ts';
import { conversationSequences, demoModelFolder, proseSequences } from '../../../native-models/demo/sequences.ts';
import { exportForTarget } from '../../../native-models/export-target.ts';
import { exportModel } from '../../../native-models/export.ts';
import { blocks, variants } from '../../../native-models/variants.ts';

const vocabulary = 6144;
const wide = blocks(4, 128);

let folder: string;
let sequences: { readonly conversations: number[][]; readonly prose: number[][] };
/** Of the float32 export, in the order of the sequences. */
let expected: Logits;

interface Logits {
  readonly conversations: readonly Float32Array[];
  readonly prose: readonly Float32Array[];
}

const at = (...path: string[]) => join(folder, ...path);
const json = async (path: string) => JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lucie-targets-'));
  sequences = { conversations: await conversationSequences(), prose: await proseSequences() };
  const sourceFolder = demoModelFolder;
  await exportModel({ sourceFolder, outputFolder: at('fp32'), variants: ['fp32'] });
  await exportModel({
    sourceFolder,
    outputFolder: at('wide'),
    variants: [{ ...variants.q4, precisions: { embedding: wide, linear: wide, head: wide } }],
  });
  await exportForTarget({
    sourceFolder,
    outputFolder: at('both'),
    target: 'both',
    calibrationSequences: () => Promise.resolve(sequences.conversations.filter((_, index) => index % 2 === 0)),
  });
  await exportForTarget({
    sourceFolder,
    outputFolder: at('by-default'),
    target: 'cpu',
    calibrationSequences: async (tokenizer) => textSequences(tokenizer, await readTexts([defaultTextPath])),
  });
  expected = await logitsOf(at('fp32', 'onnx', 'model.onnx'));
}, 60_000);

afterAll(() => rm(folder, { recursive: true }));

async function logitsOf(path: string): Promise<Logits> {
  const session = await InferenceSession.create(path);
  const over = async (texts: readonly number[][]) => {
    const logits = [];
    for (const ids of texts) logits.push(await sequenceLogits(session, ids));
    return logits;
  };
  try {
    return { conversations: await over(sequences.conversations), prose: await over(sequences.prose) };
  } finally {
    await session.release();
  }
}

async function measure(path: string, from = expected): Promise<Record<keyof Logits, Divergence>> {
  const found = await logitsOf(path);
  const over = (kind: keyof Logits) =>
    meanDivergence(from[kind].map((logits, i) => divergence(logits, found[kind][i] ?? new Float32Array(), vocabulary)));
  return { conversations: over('conversations'), prose: over('prose') };
}

describe('the divergence from float32', () => {
  it('of the CPU and the GPU file is below that of the shipped int4; blocks of 128 alone cost less than twice as much', async () => {
    const shipped = await measure(join(demoModelFolder, 'onnx', 'model_q4.onnx'));
    const alone = await measure(at('wide', 'onnx', 'model_q4.onnx'));
    for (const kind of ['conversations', 'prose'] as const) {
      expect(alone[kind].meanKullbackLeibler).toBeLessThan(2 * shipped[kind].meanKullbackLeibler);
      expect(alone[kind].meanKullbackLeibler).toBeGreaterThan(shipped[kind].meanKullbackLeibler);
    }
    for (const name of ['model_q4.onnx', 'model_q4_kv8.onnx', 'model_q4f16.onnx']) {
      const target = await measure(at('both', 'onnx', name));
      for (const kind of ['conversations', 'prose'] as const) {
        expect(target[kind].meanKullbackLeibler, `${name}, ${kind}`).toBeGreaterThan(0);
        expect(target[kind].meanKullbackLeibler, `${name}, ${kind}`).toBeLessThan(shipped[kind].meanKullbackLeibler);
      }
    }
  }, 60_000);

  it.each([
    ['half of the conversations', 'both'],
    ['the default text', 'by-default'],
  ])(
    'of an int8 cache calibrated on %s, from the same weights with a float32 cache, is small',
    async (text, folderOf) => {
      const sameWeights = await logitsOf(at(folderOf, 'onnx', 'model_q4.onnx'));
      const { conversations, prose } = await measure(at(folderOf, 'onnx', 'model_q4_kv8.onnx'), sameWeights);
      console.log(
        `int8 cache, ${text}: KL ${conversations.meanKullbackLeibler.toExponential(1)} nats a token on conversations, ${prose.meanKullbackLeibler.toExponential(1)} on prose`,
      );
      for (const { meanKullbackLeibler } of [conversations, prose]) expect(meanKullbackLeibler).toBeGreaterThan(0);
      expect(conversations.meanKullbackLeibler).toBeLessThan(1e-4);
      expect(prose.meanKullbackLeibler).toBeLessThan(5e-4);
      expect(conversations.sameChoice).toBeGreaterThan(0.98);
    },
    60_000,
  );
});

describe('the folder of both targets', () => {
  it('holds one data file for the two graphs of the CPU, and records everything', async () => {
    const record = await json(at('both', 'workbench.json'));
    expect(record['variants']).toMatchObject({
      q4: { keyValueCache: 'float32', linear: { bits: 4, blockSize: 128 }, embedding: { bits: 8, blockSize: 128 } },
      q4_kv8: { file: 'onnx/model_q4_kv8.onnx', keyValueCache: 'int8', linear: { blockSize: 128 } },
      q4f16: { activations: 'float16', keyValueCache: 'float16', linear: { blockSize: 32, bitsPerWeight: 4.5 } },
    });
    const { byteLength } = (record['files'] as Record<string, { byteLength: number }>)['onnx/model_q4_kv8.onnx'] ?? {};
    expect(byteLength).toBe((await stat(at('both', 'onnx', 'model_q4_kv8.onnx'))).size);
    await expect(stat(at('both', 'onnx', 'model_q4_kv8.onnx_data'))).rejects.toMatchObject({ code: 'ENOENT' });
    expect((await json(at('both', 'config.json')))['transformers.js_config']).toEqual({
      dtype: 'q4',
      kv_cache_dtype: { q4f16: 'float16' },
      use_external_data_format: { 'model_q4.onnx': true, 'model_q4f16.onnx': true },
    });
  });

  it('loses a cache graph whose data are written anew', async () => {
    await exportModel({ sourceFolder: demoModelFolder, outputFolder: at('both'), variants: ['q4'] });
    await expect(stat(at('both', 'onnx', 'model_q4_kv8.onnx'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
