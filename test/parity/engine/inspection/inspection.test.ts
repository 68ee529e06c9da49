/**
 * What the probes say against a float64 reference: attention of every head and layer, the lens of every state, and the rows of the
 * embedding, on random models of several shapes and on the demo model.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Inspections } from '../../../../main/engine/inspection/inspections.ts';
import { exportModel } from '../../../../native-models/export.ts';
import { ReferenceLlama } from '../../../fixtures/reference/llama-forward.ts';
import { spreadIds, writeLucieShape } from '../../../fixtures/lucie-shape.ts';
import { writeTinyLlama, type TinyLlamaOptions } from '../../../fixtures/reference/tiny-llama.ts';
import { demoFolder, exportFp32, temporaryFolder } from '../demo-models.ts';
import { attentionOf, inspectionsOf, lensOf, neighboursOf } from './inspected.ts';

const shapes: Record<string, TinyLlamaOptions> = {
  'four query heads on two of keys': { heads: 4, keyValueHeads: 2, layers: 3 },
  'six query heads on one of keys': { heads: 6, keyValueHeads: 1, hiddenSize: 96, seed: 2 },
  'heads that share nothing': { heads: 4, keyValueHeads: 4, seed: 3 },
  'biases and a tied output': {
    seed: 4,
    config: { attention_bias: true, mlp_bias: true, tie_word_embeddings: true },
  },
  'a single layer': { layers: 1, seed: 5 },
};

interface Compared {
  inspections: Inspections;
  reference: ReferenceLlama;
  ids: number[];
}

async function tiny(options: TinyLlamaOptions): Promise<Compared> {
  const folder = await temporaryFolder();
  await writeTinyLlama(folder, options);
  await exportModel({ sourceFolder: folder, outputFolder: folder, variants: ['fp32'] });
  const ids = [7, 3, 49, 3, 0, 21, 22, 7, 11];
  return { inspections: await inspectionsOf(folder), reference: await ReferenceLlama.load(folder), ids };
}

async function lucieShaped(): Promise<Compared> {
  const folder = await temporaryFolder();
  await writeLucieShape(folder);
  await exportModel({ sourceFolder: folder, outputFolder: folder, variants: ['fp32'] });
  return { inspections: await inspectionsOf(folder), reference: await ReferenceLlama.load(folder), ids: spreadIds(4) };
}

async function demo(): Promise<Compared> {
  const inspections = await inspectionsOf(await exportFp32());
  const ids = [0, 263, 1500, 42, 42, 5000, 311, 99, 6143];
  return { inspections, reference: await ReferenceLlama.load(demoFolder), ids };
}

const subjects: [string, () => Promise<Compared>][] = [
  ...Object.entries(shapes).map(([name, options]): [string, () => Promise<Compared>] => [name, () => tiny(options)]),
  ['a random model of the shape of Lucie', lucieShaped],
  ['the demo model', demo],
];

describe.each(subjects)('%s', (_, make) => {
  let compared: Compared;
  /** `[position][layer][head][attended]` and `[position][state]` of the reference. */
  let attention: number[][][][];
  let states: Float64Array[][];

  beforeAll(async () => {
    compared = await make();
    const sequence = compared.reference.begin();
    attention = [];
    states = [];
    for (const id of compared.ids) {
      sequence.next(id);
      attention.push(sequence.lastAttention);
      states.push(sequence.lastStates);
    }
  });

  it('attends as the reference does, in every layer and head', async () => {
    const { inspections, reference, ids } = compared;
    for (let layer = 0; layer < reference.config.num_hidden_layers; layer++) {
      const found = await attentionOf(inspections, ids, layer);
      expect(found).toHaveLength(reference.config.num_attention_heads);
      for (const [head, rows] of found.entries()) {
        for (const [position, row] of rows.entries()) {
          const expected = attention[position]?.[layer]?.[head] ?? [];
          expect(row).toHaveLength(expected.length);
          for (const [i, weight] of row.entries()) expect(weight).toBeCloseTo(expected[i] ?? NaN, 4);
          expect(row.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 3);
        }
      }
    }
  });

  it('reads every state as the reference does', async () => {
    const { inspections, reference, ids } = compared;
    const sequence = reference.begin();
    const found = await lensOf(inspections, ids, 3);
    expect(found).toHaveLength(reference.config.num_hidden_layers + 1);
    for (const [state, positions] of found.entries()) {
      expect(positions).toHaveLength(ids.length);
      for (const [position, { best, entropy, next }] of positions.entries()) {
        const expected = logProbabilities(sequence.read(states[position]?.[state] ?? new Float64Array()));
        for (const { id, logProbability } of best) expect(logProbability).toBeCloseTo(expected[id] ?? NaN, 3);
        expect(best[0]?.logProbability).toBeCloseTo(
          expected.reduce((a, b) => Math.max(a, b)),
          3,
        );
        expect(entropy).toBeCloseTo(-expected.reduce((sum, log) => sum + Math.exp(log) * log, 0), 3);
        const following = ids[position + 1];
        if (following === undefined) expect(next).toBeNull();
        else expect(next?.logProbability).toBeCloseTo(expected[following] ?? NaN, 3);
      }
    }
  });

  it('finds the tokens that a search through all rows finds', async () => {
    const { inspections, reference, ids } = compared;
    const [, id = 0] = ids;
    const found = await neighboursOf(inspections, id, 10);
    const expected = allCosines(reference, id);
    expect(found).toHaveLength(10);
    expect(found.map((other) => other.id)).not.toContain(id);
    const best = expected.toSorted((a, b) => b.cosine - a.cosine).slice(0, 10);
    for (const [i, neighbour] of found.entries()) {
      expect(neighbour.cosine).toBeCloseTo(best[i]?.cosine ?? NaN, 5);
      expect(neighbour.cosine).toBeCloseTo(expected.find((other) => other.id === neighbour.id)?.cosine ?? NaN, 5);
    }
  });
});

function logProbabilities(logits: Float64Array): number[] {
  const highest = logits.reduce((a, b) => Math.max(a, b));
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - highest), 0);
  return Array.from(logits, (logit) => logit - highest - Math.log(sum));
}

function allCosines(reference: ReferenceLlama, id: number): { id: number; cosine: number }[] {
  const { hidden_size: size, vocab_size: count } = reference.config;
  const matrix = reference.weight('model.embed_tokens');
  const row = (token: number) => matrix.subarray(token * size, (token + 1) * size);
  const product = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
  const wanted = row(id);
  return Array.from({ length: count }, (_, token) => ({
    id: token,
    cosine: product(wanted, row(token)) / Math.sqrt(product(wanted, wanted) * product(row(token), row(token))),
  })).filter(({ id: token, cosine }) => token !== id && !Number.isNaN(cosine));
}
