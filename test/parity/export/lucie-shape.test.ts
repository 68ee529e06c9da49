/**
 * A random model of Lucie's shape (GQA 4:1, theta 2e7, the real vocabulary, bf16 shards with unused buffers) against the float64
 * reference, at the start of a sequence and at positions up to 4,096. A past of random keys and values stands for thousands of
 * tokens: both sides get the same one, so that only the sampled positions cost time.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tensor } from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportModel, type ExportReport } from '../../../native-models/export.ts';
import { lucieShape, spreadIds as ids, writeLucieShape } from '../../fixtures/lucie-shape.ts';
import { ReferenceLlama } from '../../fixtures/reference/llama-forward.ts';
import { seededRandom } from '../../fixtures/reference/tiny-llama.ts';
import { largestDifference, OnnxModel } from './onnx-model.ts';

const tolerance = 1e-3;
const { layers, keyValueHeads, headDimension } = lucieShape;

let folder: string;
let report: ExportReport;
let model: OnnxModel;
let reference: ReferenceLlama;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lucie-shape-'));
  await writeLucieShape(folder);
  report = await exportModel({ sourceFolder: folder, outputFolder: folder, variants: ['fp32'] });
  model = await OnnxModel.load(join(folder, 'onnx', 'model.onnx'));
  reference = await ReferenceLlama.load(folder);
});

afterAll(async () => {
  await model.session.release();
  await rm(folder, { recursive: true });
});

describe('the float32 export of a random model of the shape of Lucie', () => {
  it('reports the buffers that it has no use for', () => {
    expect(report.ignoredTensors).toEqual([0, 1, 2, 3].map((n) => `model.layers.${n}.self_attn.rotary_emb.inv_freq`));
  });

  it('gives the reference logits at the first positions', async () => {
    const { logits } = await model.run({ ids: [ids(6)] });
    for (const [position, row] of reference.logits(ids(6)).entries()) {
      expect(largestDifference(logits[0]?.[position] ?? [], row)).toBeLessThan(tolerance);
    }
  });

  it.each([1000, 2711, 4094])('gives the reference logits after %i positions', async (length) => {
    const sequence = reference.begin();
    const random = seededRandom(length);
    const past: Record<string, Tensor> = {};
    for (let layer = 0; layer < layers; layer++) {
      const parts = ['key', 'value'].map((part) => {
        const data = Float32Array.from({ length: keyValueHeads * length * headDimension }, () => 2 * random() - 1);
        past[`past_key_values.${layer}.${part}`] = new Tensor('float32', data, [
          1,
          keyValueHeads,
          length,
          headDimension,
        ]);
        return Array.from({ length }, (_, position) =>
          Float64Array.from({ length: keyValueHeads * headDimension }, (__, at) => {
            const head = Math.floor(at / headDimension);
            return data[(head * length + position) * headDimension + (at % headDimension)] as number;
          }),
        );
      });
      sequence.assumePast(layer, parts[0] ?? [], parts[1] ?? []);
    }
    const { logits } = await model.run({ ids: [ids(2)], past });
    for (const [position, id] of ids(2).entries()) {
      expect(largestDifference(logits[0]?.[position] ?? [], sequence.next(id))).toBeLessThan(tolerance);
    }
  });
});
