/**
 * llama.cpp on a GGUF of the same weights gives the predictions of our float32 export. The two share no code, no file format and
 * not even the layout of the rotary rows; the GGUF is written from the published weights by a fixture of the tests.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { divergence, meanDivergence } from '../../native-models/demo/divergence.ts';
import { sequenceLogits } from '../../native-models/demo/logits.ts';
import {
  conversationSequences,
  demoModelFolder,
  proseSequences,
  recordedAnswers,
} from '../../native-models/demo/sequences.ts';
import { exportModel } from '../../native-models/export.ts';
import { writeLlamaGguf } from '../fixtures/gguf/llama-gguf.ts';
import { lucieShape, spreadIds, writeLucieShape } from '../fixtures/lucie-shape.ts';
import { largestDifference, OnnxModel } from '../parity/export/onnx-model.ts';
import { LlamaCpp } from './llama-cpp.ts';

/** Of the logarithm of a probability: every token of the vocabulary counts, however unlikely. */
const tolerance = 2e-4;
/** Nats a token, KL(ours || llama.cpp's). */
const divergenceTolerance = 1e-9;

let folder: string;

const at = (...path: string[]) => join(folder, ...path);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lucie-llama-cpp-'));
  await writeLucieShape(at('lucie-shape'));
  await exportModel({ sourceFolder: at('lucie-shape'), outputFolder: at('lucie-shape'), variants: ['fp32'] });
  await exportModel({ sourceFolder: demoModelFolder, outputFolder: at('demo'), variants: ['fp32'] });
  await writeLlamaGguf(at('lucie-shape'), at('lucie-shape.gguf'), 'F32');
  await writeLlamaGguf(demoModelFolder, at('demo.gguf'), 'F32');
}, 120_000);

afterAll(() => rm(folder, { recursive: true }));

function logProbabilities(logits: Float32Array, vocabulary: number): Float64Array {
  const result = Float64Array.from(logits);
  for (let begin = 0; begin < logits.length; begin += vocabulary) {
    const row = result.subarray(begin, begin + vocabulary);
    const maximum = row.reduce((a, b) => Math.max(a, b), -Infinity);
    const logSum = maximum + Math.log(row.reduce((total, logit) => total + Math.exp(logit - maximum), 0));
    for (let token = 0; token < vocabulary; token++) row[token] = (row[token] as number) - logSum;
  }
  return result;
}

async function compare(session: InferenceSession, peer: LlamaCpp, sequences: readonly number[][], vocabulary: number) {
  let largest = 0;
  const parts = [];
  for (const ids of sequences) {
    const ours = await sequenceLogits(session, ids);
    const theirs = await peer.logits(ids);
    const difference = largestDifference(logProbabilities(ours, vocabulary), logProbabilities(theirs, vocabulary));
    largest = Math.max(largest, difference);
    parts.push(divergence(ours, theirs, vocabulary));
  }
  return { largest, ...meanDivergence(parts) };
}

describe('llama.cpp on the same float32 weights', () => {
  it('predicts what our export of the demo model predicts, over conversations and prose', async () => {
    const session = await InferenceSession.create(at('demo', 'onnx', 'model.onnx'));
    const peer = await LlamaCpp.open(at('demo.gguf'), 6144);
    for (const sequences of [await conversationSequences(), await proseSequences()]) {
      const found = await compare(session, peer, sequences, 6144);
      console.log(
        `demo model: largest difference of a log-probability ${found.largest.toExponential(1)}, KL ${found.meanKullbackLeibler.toExponential(1)} nats a token, same choice ${(100 * found.sameChoice).toFixed(1)} %`,
      );
      expect(found.largest).toBeLessThan(tolerance);
      expect(Math.abs(found.meanKullbackLeibler)).toBeLessThan(divergenceTolerance);
      expect(found.sameChoice).toBe(1);
    }
    await peer.close();
    await session.release();
  });

  it('answers as torch did', async () => {
    const peer = await LlamaCpp.open(at('demo.gguf'), 6144);
    for (const { prompt_ids: prompt, greedy_ids: answer } of await recordedAnswers()) {
      expect(await peer.greedy(prompt, answer.length)).toEqual(answer);
    }
    await peer.close();
  });

  it('predicts and chooses what our export of a random model of the shape of Lucie does', async () => {
    const own = await OnnxModel.load(at('lucie-shape', 'onnx', 'model.onnx'));
    const peer = await LlamaCpp.open(at('lucie-shape.gguf'), lucieShape.vocabularySize);
    const found = await compare(own.session, peer, [spreadIds(48)], lucieShape.vocabularySize);
    console.log(
      `random model: largest difference of a log-probability ${found.largest.toExponential(1)}, KL ${found.meanKullbackLeibler.toExponential(1)} nats a token`,
    );
    expect(found.largest).toBeLessThan(tolerance);
    expect(Math.abs(found.meanKullbackLeibler)).toBeLessThan(divergenceTolerance);
    for (const length of [1, 2, 17]) {
      const prompt = spreadIds(length);
      expect(await peer.greedy(prompt, 24)).toEqual(await own.greedy(prompt, 24));
    }
    await peer.close();
    await own.session.release();
  });
});
