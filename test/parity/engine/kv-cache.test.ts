/** A cache that is reused must give what a cold run gives. */
import { beforeAll, describe, expect, it } from 'vitest';
import { Engine } from '../../../main/engine/engine.ts';
import type { LanguageModel } from '../../../main/engine/language-model.ts';
import { chunkSizes } from '../../../main/engine/prefill-plan.ts';
import { Random } from '../../../main/engine/sampling/random.ts';
import type { Turn } from '../../../main/contract/engine.ts';
import { answer, demoFolder, exportFp32, greedy, openLanguageModel, withInt8Cache } from './demo-models.ts';

const random = new Random(2026);
const below = (limit: number): number => Math.floor(random.nextFloat() * limit);
const randomIds = (count: number): number[] => Array.from({ length: count }, () => 268 + below(5_800));

function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (b[i] ?? NaN))), 0);
}

async function feedInChunks(
  model: LanguageModel,
  ids: readonly number[],
  sizes: readonly number[],
): Promise<Float32Array> {
  let logits = new Float32Array(0);
  let start = 0;
  for (const size of sizes) {
    logits = Float32Array.from(await model.feed(ids.slice(start, start + size)));
    start += size;
  }
  return logits;
}

/** What one rounding of an activation to the next int8 value can change in the logits of the demo model, generously. */
const oneStep = 0.3;

const folderOf = { int4: () => Promise.resolve(demoFolder), fp32: exportFp32, 'int8 cache': withInt8Cache };

describe.each(['int4', 'fp32', 'int8 cache'] as const)('prefill in chunks (%s)', (kind) => {
  let model: LanguageModel;
  beforeAll(async () => {
    model = await openLanguageModel(await folderOf[kind]());
    expect(model.cacheType).toBe(kind === 'int8 cache' ? 'int8' : 'float32');
  });

  /** The differences of several prompts, ascending. */
  async function differences(length: number, sizes: readonly number[], count = 5): Promise<number[]> {
    const found: number[] = [];
    for (let round = 0; round < count; round++) {
      const ids = randomIds(length);
      model.cache.rewind(0);
      const whole = Float32Array.from(await model.feed(ids));
      model.cache.rewind(0);
      found.push(largestDifference(await feedInChunks(model, ids, sizes), whole));
    }
    return found.sort((a, b) => a - b);
  }

  /**
   * Float32 agrees for every prompt. Where activations are rounded to int8 inside a product, a difference of 1e-6 can put one of
   * them on the other side of a step: a rare prompt is off by one such step, on one processor and not on another.
   */
  function expectAgreement(found: readonly number[]): void {
    expect(found[Math.floor(found.length / 2)]).toBeLessThan(1e-4);
    expect(found.at(-1)).toBeLessThan(kind === 'fp32' ? 1e-4 : oneStep);
  }

  it.each([2, 65, 129, 700, 1023])('gives the logits of one run over %i tokens', async (length) => {
    expectAgreement(await differences(length, chunkSizes(length)));
  });

  it('gives them again after going back', async () => {
    const ids = randomIds(400);
    model.cache.rewind(0);
    const whole = Float32Array.from(await model.feed(ids));
    const found: number[] = [];
    for (const kept of [0, 1, 63, 200, 398]) {
      model.cache.rewind(kept);
      found.push(largestDifference(await model.feed(ids.slice(kept)), whole));
    }
    expectAgreement(found.sort((a, b) => a - b));
  });

  it('measures what one token at a time changes', async () => {
    const sizes = Array.from({ length: 200 }, () => 1);
    const largest = (await differences(200, sizes, 3)).at(-1);
    // Another kernel for a single row of int4: see prefill-plan.ts.
    expect(largest).toBeLessThan(kind === 'fp32' ? 1e-4 : oneStep);
    if (kind === 'int4') expect(largest).toBeGreaterThan(1e-4);
  });
});

describe('reuse across generations', () => {
  it('gives the greedy ids of a cold run over random edits (fp32)', async () => {
    const folder = await exportFp32();
    const [warm, cold] = [new Engine(), new Engine()];
    await Promise.all([warm.load(folder, 'cpu'), cold.load(folder, 'cpu')]);
    let history = randomIds(50);
    let reused = 0;
    for (let round = 0; round < 40; round++) {
      const kept = history.slice(0, Math.min(below(history.length + 1), 700));
      const prompt = [...kept, ...randomIds(1 + below(80))];
      const sampling = { ...greedy, maxTokens: 1 + below(25) };
      const reusing = await answer(warm, prompt, sampling);
      await cold.load(folder, 'cpu');
      const fresh = await answer(cold, prompt, sampling);
      expect(reusing.ids).toEqual(fresh.ids);
      expect(fresh.end.statistics.reusedTokens).toBe(0);
      reused += reusing.end.statistics.reusedTokens;
      history = [...prompt, ...reusing.ids];
    }
    expect(reused).toBeGreaterThan(1_000);
  });

  it('gives the same answer for the same prompt, however much of it is cached (int4)', async () => {
    const engine = new Engine();
    await engine.load(demoFolder, 'cpu');
    const prompt = randomIds(130);
    const cold = await answer(engine, prompt);
    const again = await answer(engine, prompt);
    expect(again.end.statistics).toMatchObject({ reusedTokens: 128, prefilledTokens: 2 });
    await answer(engine, [...prompt.slice(0, 77), ...randomIds(9)]);
    const afterEdit = await answer(engine, prompt);
    expect(afterEdit.end.statistics).toMatchObject({ reusedTokens: 77, prefilledTokens: 53 });
    const probabilities = [cold, again, afterEdit].map(({ events }) =>
      events.flatMap((event) => (event.type === 'token' ? [event.token.logProbability] : [])),
    );
    expect(again.ids).toEqual(cold.ids);
    expect(afterEdit.ids).toEqual(cold.ids);
    for (const [i, value] of (probabilities[0] ?? []).entries()) {
      expect(probabilities[1]?.[i]).toBeCloseTo(value, 4);
      expect(probabilities[2]?.[i]).toBeCloseTo(value, 4);
    }
  });

  it('prefills only what a turn adds to the conversation', async () => {
    const engine = new Engine();
    await engine.load(demoFolder, 'auto');
    const turns: Turn[] = [];
    let before = 0;
    for (const question of ['Quelle est la capitale de la France ?', 'Et de l’Italie ?', 'Qui es-tu ?']) {
      turns.push({ role: 'user', text: question });
      const { ids } = await engine.encodeChat(turns, true);
      const { end, ids: answerIds, text } = await answer(engine, ids);
      expect(end.statistics.promptTokens).toBe(ids.length);
      expect(end.statistics.reusedTokens).toBe(before);
      expect(end.statistics.prefilledTokens).toBe(ids.length - before);
      before = ids.length + answerIds.length;
      expect(engine.memory().cachedTokens).toBe(before);
      turns.push({ role: 'assistant', text, ids: answerIds });
    }
  });
});
