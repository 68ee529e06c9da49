/** Greedy answers against those that torch gave for the fp32 model (`native-models/demo/answers.json`). */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { defaultSampling } from '../../../main/contract/sampling.ts';
import { Engine } from '../../../main/engine/engine.ts';
import { Tokenizer } from '../../../main/tokenizer/index.ts';
import { answer, demoFolder, exportFp32 } from './demo-models.ts';

interface Expected {
  prompt: string;
  prompt_ids: number[];
  greedy_ids: number[];
  text: string;
}

const answers = JSON.parse(await readFile(join(demoFolder, '../answers.json'), 'utf8')) as Expected[];

async function deviations(engine: Engine): Promise<string[]> {
  const differing: string[] = [];
  for (const expected of answers) {
    const { ids: promptIds } = await engine.encodeChat([{ role: 'user', text: expected.prompt }], true);
    expect(promptIds).toEqual(expected.prompt_ids);
    const { ids, text, end } = await answer(engine, promptIds);
    expect(end.reason).toBe('stop-token');
    if (ids.join() !== expected.greedy_ids.join() || text !== expected.text) differing.push(expected.prompt);
  }
  return differing;
}

describe('greedy answers', () => {
  const engine = new Engine();

  it('are those of torch for the fp32 export', async () => {
    const model = await engine.load(await exportFp32(), 'auto');
    expect(model).toMatchObject({
      file: 'onnx/model.onnx',
      device: 'cpu',
      parameterCount: 6_162_688,
      cacheBytesPerToken: 2048,
    });
    expect(answers).toHaveLength(18);
    expect(await deviations(engine)).toEqual([]);
  });

  it('are the same for the int4 model, but for what even the fp32 model guesses: sums, counting, translations', async () => {
    await engine.load(demoFolder, 'cpu');
    const differing = await deviations(engine);
    expect(differing.filter((prompt) => !/^(Combien font|Compte de|Comment dit-on)/.test(prompt))).toEqual([]);
  });
});

describe('every generated token', () => {
  const engine = new Engine();
  beforeAll(() => engine.load(demoFolder, 'auto'));

  it('carries its piece, text, probability, rank, entropy and alternatives', async () => {
    const { ids: promptIds } = await engine.encodeChat(
      [{ role: 'user', text: 'Quelle est la capitale de la France ?' }],
      true,
    );
    const { events, ids, text } = await answer(engine, promptIds);
    const tokenizer = await Tokenizer.load(demoFolder);
    expect(text).toBe(tokenizer.decode(ids));
    for (const event of events) {
      if (event.type !== 'token') continue;
      const { token } = event;
      expect(token.piece).toBe(tokenizer.pieceOf(token.id));
      expect(token.rank).toBe(1);
      expect(token.alternatives).toHaveLength(10);
      expect(token.alternatives[0]).toEqual({ id: token.id, piece: token.piece, logProbability: token.logProbability });
      const mass = token.alternatives.reduce((sum, { logProbability }) => sum + Math.exp(logProbability), 0);
      expect(mass).toBeLessThanOrEqual(1 + 1e-9);
      // The entropy lies between that of the ten alone and that of the rest spread evenly.
      expect(token.entropy).toBeGreaterThanOrEqual(0);
      expect(token.entropy).toBeLessThan(Math.log(6144));
    }
  });

  it('streams the text that its ids decode to, at high temperature too', async () => {
    const tokenizer = await Tokenizer.load(demoFolder);
    const { ids: promptIds } = await engine.encodeChat([{ role: 'user', text: 'Bonjour' }], true);
    let bytes = 0;
    for (let seed = 0; seed < 20; seed++) {
      const sampling = { ...defaultSampling, temperature: 4, seed, maxTokens: 80 };
      const { ids, text } = await answer(engine, promptIds, sampling);
      expect(text).toBe(tokenizer.decode(ids));
      bytes += ids.filter((id) => tokenizer.kindOf(id) === 'byte').length;
    }
    expect(bytes).toBeGreaterThan(10);
  });
});
