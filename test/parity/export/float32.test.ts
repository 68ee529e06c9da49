/** The float32 export against the independent float64 forward pass, and against the answers recorded under torch. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoModelFolder, proseSequences, recordedAnswers } from '../../../native-models/demo/sequences.ts';
import { exportModel } from '../../../native-models/export.ts';
import { ReferenceLlama } from '../../fixtures/reference/llama-forward.ts';
import { writeTinyLlama, type TinyLlamaOptions } from '../../fixtures/reference/tiny-llama.ts';
import { largestDifference, OnnxModel } from './onnx-model.ts';

const tolerance = 1e-3;

let folder: string;
let model: OnnxModel;
let reference: ReferenceLlama;
let prompts: (readonly number[])[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lucie-float32-'));
  await exportModel({ sourceFolder: demoModelFolder, outputFolder: folder, variants: ['fp32'] });
  model = await OnnxModel.load(join(folder, 'onnx', 'model.onnx'));
  reference = await ReferenceLlama.load(demoModelFolder);
  const answers = await recordedAnswers();
  prompts = [0, 3, 6, 9, 14].map((index) => answers[index]?.prompt_ids ?? []);
});

afterAll(async () => {
  await model.session.release();
  await rm(folder, { recursive: true });
});

describe('the float32 export of the demo model', () => {
  it('gives the reference logits at every position of five prompts', async () => {
    for (const prompt of prompts) {
      const { logits } = await model.run({ ids: [prompt] });
      const expected = reference.logits(prompt);
      expect(logits[0]).toHaveLength(prompt.length);
      for (const [position, row] of expected.entries()) {
        expect(largestDifference(logits[0]?.[position] ?? [], row)).toBeLessThan(tolerance);
      }
    }
  });

  it('gives the reference logits at the end of a text of several hundred tokens', async () => {
    const text = (await proseSequences()).flat();
    expect(text.length).toBeGreaterThan(400);
    const { logits } = await model.run({ ids: [text], keep: 1 });
    expect(largestDifference(logits[0]?.[0] ?? [], reference.logits(text).at(-1) ?? [])).toBeLessThan(tolerance);
  });

  it('continues a cache in a second call as if it had been one', async () => {
    for (const prompt of prompts) {
      const split = Math.floor(prompt.length / 2);
      const first = await model.run({ ids: [prompt.slice(0, split)] });
      const second = await model.run({ ids: [prompt.slice(split)], past: first.past });
      const expected = reference.logits(prompt).slice(split);
      for (const [position, row] of expected.entries()) {
        expect(largestDifference(second.logits[0]?.[position] ?? [], row)).toBeLessThan(tolerance);
      }
    }
  });

  it.each([1, 3])('keeps the last %i positions when asked to', async (keep) => {
    const prompt = prompts[0] ?? [];
    const { logits } = await model.run({ ids: [prompt], keep });
    expect(logits[0]).toHaveLength(keep);
    for (const [index, row] of reference.logits(prompt).slice(-keep).entries()) {
      expect(largestDifference(logits[0]?.[index] ?? [], row)).toBeLessThan(tolerance);
    }
  });

  it('understands a batch padded on the right, and then a step from caches of uneven length', async () => {
    const [long = [], short = []] = prompts
      .map((prompt) => prompt.slice())
      .sort((a, b) => b.length - a.length)
      .slice(0, 2);
    const shorter = short.slice(0, long.length - 5);
    const padding = Array.from({ length: long.length - shorter.length }, () => 3);
    const masked = (row: readonly number[], total: number) =>
      Array.from({ length: total }, (_, i) => (i < row.length ? 1 : 0));
    const prefill = await model.run({
      ids: [long, [...shorter, ...padding]],
      mask: [masked(long, long.length), masked(shorter, long.length)],
    });
    const rows = [long, shorter];
    for (const [row, ids] of rows.entries()) {
      for (const [position, expected] of reference.logits(ids).entries()) {
        expect(largestDifference(prefill.logits[row]?.[position] ?? [], expected)).toBeLessThan(tolerance);
      }
    }
    const extended = rows.map((ids) => [...ids, 400]);
    const step = await model.run({
      ids: [[400], [400]],
      past: prefill.past,
      mask: extended.map((ids) => masked(ids, long.length + 1)),
      keep: 1,
    });
    for (const [row, ids] of extended.entries()) {
      expect(largestDifference(step.logits[row]?.[0] ?? [], reference.logits(ids).at(-1) ?? [])).toBeLessThan(
        tolerance,
      );
    }
  });

  it('chooses the same 64 tokens as the reference after each of five prompts', async () => {
    for (const prompt of prompts) expect(await model.greedy(prompt, 64)).toEqual(reference.greedy(prompt, 64));
  });

  it('gives every answer that the same weights gave under torch', async () => {
    for (const { prompt, prompt_ids, greedy_ids } of await recordedAnswers()) {
      expect(await model.greedy(prompt_ids, greedy_ids.length), prompt).toEqual(greedy_ids);
    }
  });
});

describe('the float32 export of random models', () => {
  const shapes: readonly [string, TinyLlamaOptions][] = [
    ['one layer, one head per group', { layers: 1, heads: 4, keyValueHeads: 4 }],
    ['heads wider than the hidden size', { hiddenSize: 32, heads: 4, keyValueHeads: 1, headDimension: 32, layers: 3 }],
    ['another theta', { config: { rope_theta: 2e7 }, seed: 5 }],
    ['a bias on every projection', { config: { attention_bias: true, mlp_bias: true }, seed: 6 }],
    ['an output tied to the embedding', { config: { tie_word_embeddings: true }, seed: 7 }],
    ['three shards of bf16', { shards: 3, type: 'BF16', inverseFrequencies: true, seed: 8 }],
    ['linear rotary scaling', { config: { rope_scaling: { rope_type: 'linear', factor: 4 } }, seed: 9 }],
    [
      'dynamic rotary scaling, beyond the original context',
      { contextLength: 24, config: { rope_scaling: { rope_type: 'dynamic', factor: 2 } }, seed: 10 },
    ],
    [
      'llama3 rotary scaling',
      {
        config: {
          rope_scaling: {
            rope_type: 'llama3',
            factor: 8,
            low_freq_factor: 1,
            high_freq_factor: 4,
            original_max_position_embeddings: 32,
          },
        },
        seed: 11,
      },
    ],
  ];
  it.each(shapes)('gives the reference logits: %s', async (name, options) => {
    const source = join(folder, name);
    await writeTinyLlama(source, options);
    await exportModel({ sourceFolder: source, outputFolder: source, variants: ['fp32'] });
    const tiny = await OnnxModel.load(join(source, 'onnx', 'model.onnx'));
    const ids = Array.from({ length: 40 }, (_, i) => (i * 17 + 5) % 50);
    const { logits } = await tiny.run({ ids: [ids] });
    await tiny.session.release();
    for (const [position, row] of (await ReferenceLlama.load(source)).logits(ids).entries()) {
      expect(largestDifference(logits[0]?.[position] ?? [], row)).toBeLessThan(tolerance);
    }
  });
});
