/**
 * transformers.js runs the exported folders as they are: nothing is passed but the folder and the precision, nothing is fetched,
 * and it chooses the tokens that onnxruntime-node chooses on the same file and, in float32, those that torch chose.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { conversationSequences, demoModelFolder, recordedAnswers } from '../../native-models/demo/sequences.ts';
import { exportForTarget } from '../../native-models/export-target.ts';
import { exportModel } from '../../native-models/export.ts';
import { spreadIds, writeLucieShape } from '../fixtures/lucie-shape.ts';
import { OwnGreedy, type GreedyOptions } from './own-greedy.ts';
import { loadTransformers, type CausalModel, type Transformers } from './peer-packages.ts';

const endOfTurn = 267;
const steps = 24;

let folder: string;
let transformers: Transformers;

const at = (...path: string[]) => join(folder, ...path);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lucie-transformers-js-'));
  transformers = loadTransformers();
  const sourceFolder = demoModelFolder;
  const calibrationSequences = conversationSequences;
  await exportModel({ sourceFolder, outputFolder: at('fp32'), variants: ['fp32'] });
  await exportForTarget({ sourceFolder, outputFolder: at('cpu'), target: 'cpu', calibrationSequences });
  await exportForTarget({ sourceFolder, outputFolder: at('both'), target: 'both', calibrationSequences });
  await writeLucieShape(at('lucie-shape'));
  await exportModel({ sourceFolder: at('lucie-shape'), outputFolder: at('lucie-shape'), variants: ['fp32'] });
  vi.stubGlobal('fetch', (address: unknown) => {
    throw new Error(`Nothing may be fetched; ${String(address)} was asked for.`);
  });
}, 120_000);

afterAll(async () => {
  vi.unstubAllGlobals();
  await rm(folder, { recursive: true });
});

const tensor = (ids: readonly number[]) =>
  new transformers.Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]);

/** The new tokens only; where to stop comes from the folder's generation_config.json. */
async function peerAnswer(model: CausalModel, { prompt, steps: count }: GreedyOptions): Promise<number[]> {
  const output = await model.generate({ inputs: tensor(prompt), max_new_tokens: count, do_sample: false });
  return Array.from(output.data as BigInt64Array, Number).slice(prompt.length);
}

describe('the demo model in transformers.js', () => {
  it.each([
    { what: 'float32', name: () => at('fp32'), file: 'model.onnx', options: {} },
    { what: 'float32, asked for by name', name: () => at('fp32'), file: 'model.onnx', options: { dtype: 'fp32' } },
    { what: 'int4 as shipped', name: () => demoModelFolder, file: 'model_q4.onnx', options: {} },
    { what: 'int4 as shipped, by name', name: () => demoModelFolder, file: 'model_q4.onnx', options: { dtype: 'q4' } },
    { what: 'the CPU target', name: () => at('cpu'), file: 'model_q4.onnx', options: {} },
    { what: 'both targets, q4', name: () => at('both'), file: 'model_q4.onnx', options: { dtype: 'q4' } },
    { what: 'both targets, q4f16', name: () => at('both'), file: 'model_q4f16.onnx', options: { dtype: 'q4f16' } },
  ])('$what: the tokens of onnxruntime-node on the same file', async ({ name, file, options }) => {
    const own = await OwnGreedy.open(join(name(), 'onnx', file));
    const peer = await transformers.AutoModelForCausalLM.from_pretrained(name(), options);
    for (const { prompt_ids: prompt } of await recordedAnswers()) {
      const question = { prompt, steps, stopIds: [endOfTurn] };
      const expected = await own.answer(question);
      expect(await peerAnswer(peer, question)).toEqual(expected);
    }
    await peer.dispose();
    await own.release();
  });

  it('float32: the recorded answers of torch', async () => {
    const peer = await transformers.AutoModelForCausalLM.from_pretrained(at('fp32'), {});
    for (const { prompt_ids: prompt, greedy_ids: answer } of await recordedAnswers()) {
      const given = await peerAnswer(peer, { prompt, steps: answer.length + 1, stopIds: [] });
      expect(given.filter((id) => id !== endOfTurn)).toEqual(answer);
    }
    await peer.dispose();
  });

  it('the tokenizer and the chat template of the folder give the recorded ids of the prompts', async () => {
    const tokenizer = await transformers.AutoTokenizer.from_pretrained(demoModelFolder);
    for (const { prompt: content, prompt_ids: expected } of await recordedAnswers()) {
      const messages = [{ role: 'user', content }];
      const options = { add_generation_prompt: true, return_tensor: false, return_dict: false } as const;
      expect(tokenizer.apply_chat_template(messages, options)).toEqual(expected);
    }
  });
});

describe('a random model of the shape of Lucie in transformers.js', () => {
  it('chooses the tokens of onnxruntime-node on the same file', async () => {
    const own = await OwnGreedy.open(at('lucie-shape', 'onnx', 'model.onnx'));
    const peer = await transformers.AutoModelForCausalLM.from_pretrained(at('lucie-shape'), {});
    const chosen = new Set<number>();
    for (const length of [1, 2, 17, 64]) {
      const question = { prompt: spreadIds(length), steps: 32, stopIds: [1, 2] };
      const expected = await own.answer(question);
      for (const id of expected) chosen.add(id);
      expect(await peerAnswer(peer, question)).toEqual(expected);
    }
    expect(chosen.size).toBeGreaterThan(16);
    await peer.dispose();
    await own.release();
  });

  it('gives the logits of every position to who does not ask for fewer', async () => {
    const peer = await transformers.AutoModelForCausalLM.from_pretrained(at('lucie-shape'), {});
    const ids = spreadIds(5);
    const mask = new transformers.Tensor('int64', new BigInt64Array(5).fill(1n), [1, 5]);
    const { logits } = await peer({ input_ids: tensor(ids), attention_mask: mask });
    expect(logits.dims).toEqual([1, 5, 65_024]);
    await peer.dispose();
  });
});
