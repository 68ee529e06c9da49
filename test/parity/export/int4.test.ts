/** What int4 costs the demo model: reported, bounded; and the shipped files are the ones that the exporter makes today. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tokenizer } from 'tokenizers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { divergence, meanDivergence } from '../../../native-models/demo/divergence.ts';
import { sequenceLogits } from '../../../native-models/demo/logits.ts';
import {
  conversationSequences,
  demoModelFolder,
  proseSequences,
  recordedAnswers,
} from '../../../native-models/demo/sequences.ts';
import { exportModel, type ExportReport } from '../../../native-models/export.ts';
import { OnnxModel } from './onnx-model.ts';

const vocabulary = 6144;

let folder: string;
let report: ExportReport;
let shipped: OnnxModel;
let float32: OnnxModel;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lucie-int4-'));
  await exportModel({ sourceFolder: demoModelFolder, outputFolder: join(folder, 'fp32'), variants: ['fp32'] });
  report = await exportModel({ sourceFolder: demoModelFolder, outputFolder: join(folder, 'q4'), variants: ['q4'] });
  float32 = await OnnxModel.load(join(folder, 'fp32', 'onnx', 'model.onnx'));
  shipped = await OnnxModel.load(join(demoModelFolder, 'onnx', 'model_q4.onnx'));
});

afterAll(async () => {
  await float32.session.release();
  await shipped.session.release();
  await rm(folder, { recursive: true });
});

describe('the shipped int4 export', () => {
  it('is byte for byte what the exporter makes now', async () => {
    for (const name of Object.keys(report.files)) {
      const made = await readFile(join(folder, 'q4', name));
      expect(made.equals(await readFile(join(demoModelFolder, name))), name).toBe(true);
    }
  });

  it.each([
    { kind: 'conversations', sequences: conversationSequences, bound: 0.002 },
    { kind: 'unseen prose', sequences: proseSequences, bound: 0.02 },
  ])('diverges from float32 by less than $bound nats a token on $kind', async ({ kind, sequences, bound }) => {
    const parts = [];
    for (const ids of await sequences()) {
      const expected = await sequenceLogits(float32.session, ids);
      parts.push(divergence(expected, await sequenceLogits(shipped.session, ids), vocabulary));
    }
    const { positions, meanKullbackLeibler, sameChoice } = meanDivergence(parts);
    console.log(
      `int4, ${kind}: KL ${meanKullbackLeibler.toFixed(5)} nats a token over ${positions} tokens, same choice ${(100 * sameChoice).toFixed(1)} %`,
    );
    expect(positions).toBeGreaterThan(400);
    expect(meanKullbackLeibler).toBeGreaterThan(0);
    expect(meanKullbackLeibler).toBeLessThan(bound);
    expect(sameChoice).toBeGreaterThan(0.8);
  });

  it('answers Paris to the capital of France', async () => {
    const answer = (await recordedAnswers()).find(({ prompt }) => prompt === 'Quelle est la capitale de la France ?');
    const ids = await shipped.greedy(answer?.prompt_ids ?? [], 16);
    const tokenizer = Tokenizer.fromFile(join(demoModelFolder, 'tokenizer.json'));
    expect(await tokenizer.decode(ids, true)).toContain('Paris');
  });
});
