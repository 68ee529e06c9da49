/**
 * A cache that is reused must give what a cold run gives. Everything here is compared bit by bit: where the processor's kernels keep
 * the promise of `row-plan.ts`, reuse changes nothing at all. Where they do not (`isExact` is false), float32 must agree to 1e-4.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { Engine } from '../../../main/engine/engine.ts';
import type { KvCache } from '../../../main/engine/kv-cache.ts';
import type { LanguageModel } from '../../../main/engine/language-model.ts';
import { Random } from '../../../main/engine/sampling/random.ts';
import type { GenerationEvent, Turn } from '../../../main/contract/engine.ts';
import { answer, demoFolder, exportFp32, greedy, openLanguageModel, withInt8Cache } from './demo-models.ts';

const random = new Random(2026);
const below = (limit: number): number => Math.floor(random.nextFloat() * limit);
const randomIds = (count: number): number[] => Array.from({ length: count }, () => 268 + below(5_800));

function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (b[i] ?? NaN))), 0);
}

async function lastLogits(model: LanguageModel, cache: KvCache, ids: readonly number[]): Promise<Float32Array> {
  return (await model.feed(cache, ids))[0] ?? new Float32Array(0);
}

async function feedInChunks(
  model: LanguageModel,
  cache: KvCache,
  ids: readonly number[],
  sizes: readonly number[],
): Promise<Float32Array> {
  let logits = new Float32Array(0);
  let start = 0;
  for (const size of sizes) {
    logits = Float32Array.from(await lastLogits(model, cache, ids.slice(start, start + size)));
    start += size;
  }
  expect(start).toBe(ids.length);
  return logits;
}

function sizesOf(total: number, size: number): number[] {
  return Array.from({ length: Math.ceil(total / size) }, (_, i) => Math.min(size, total - i * size));
}

const folderOf = { int4: () => Promise.resolve(demoFolder), fp32: exportFp32, 'int8 cache': withInt8Cache };
const folders = new Map<string, Promise<string>>();
function folderFor(kind: keyof typeof folderOf): Promise<string> {
  const folder = folders.get(kind) ?? folderOf[kind]();
  folders.set(kind, folder);
  return folder;
}
const kinds = ['int4', 'fp32', 'int8 cache'] as const;

describe.each(kinds)('a prompt cut into runs (%s)', (kind) => {
  let model: LanguageModel;
  beforeAll(async () => {
    model = await openLanguageModel(await folderFor(kind));
    expect(model.cacheType).toBe(kind === 'int8 cache' ? 'int8' : 'float32');
  });

  function expectSame(actual: Float32Array, expected: Float32Array): void {
    if (model.isExact) expect(actual).toEqual(expected);
    else if (kind === 'fp32') expect(largestDifference(actual, expected)).toBeLessThan(1e-4);
  }

  it.each([1, 2, 65, 129, 700, 1023])('gives the logits of one run over %i tokens', async (length) => {
    const ids = randomIds(length);
    const whole = await lastLogits(model, model.newCache(), ids);
    for (const size of [2, 3, 17, 64, 300])
      expectSame(await feedInChunks(model, model.newCache(), ids, sizesOf(length, size)), whole);
  });

  it('gives them one token at a time, because none is run alone', async () => {
    const ids = randomIds(200);
    const whole = await lastLogits(model, model.newCache(), ids);
    expectSame(await feedInChunks(model, model.newCache(), ids, sizesOf(200, 1)), whole);
  });

  it('gives them after going back, and in a copy', async () => {
    const ids = randomIds(400);
    const cache = model.newCache();
    const whole = await lastLogits(model, cache, ids);
    for (const kept of [0, 1, 63, 200, 398, 399]) {
      const copy = await cache.fork(kept);
      cache.rewind(kept);
      expectSame(await lastLogits(model, cache, ids.slice(kept)), whole);
      expectSame(await lastLogits(model, copy, ids.slice(kept)), whole);
      expect(copy.ids).toEqual(ids);
    }
  });

  it('gives the logits of every kept row', async () => {
    const ids = randomIds(40);
    const cache = model.newCache();
    await model.feed(cache, ids.slice(0, 30));
    const rows = await model.feed(cache, ids.slice(30), 10);
    expect(rows.length).toBe(10);
    const other = model.newCache();
    await model.feed(other, ids.slice(0, 30));
    for (const [i, row] of rows.entries()) expectSame(await lastLogits(model, other, [ids[30 + i] ?? 0]), row);
  });
});

function logProbabilities(events: readonly GenerationEvent[]): number[] {
  return events.flatMap((event) => (event.type === 'token' ? [event.token.logProbability] : []));
}

describe('reuse across generations', () => {
  it.each(kinds)('gives the ids of a cold run over random edits, with and without drafts (%s)', async (kind) => {
    const folder = await folderFor(kind);
    const [warm, cold] = [new Engine(), new Engine()];
    const { isExact } = await warm.load(folder, 'cpu');
    await cold.load(folder, 'cpu');
    const histories = [randomIds(50)];
    let reused = 0;
    for (let round = 0; round < 40; round++) {
      const history = histories[below(histories.length)] ?? [];
      const kept = history.slice(0, Math.min(below(history.length + 1), 700));
      const prompt = [...kept, ...randomIds(1 + below(80))];
      const temperature = round % 3 === 0 ? 1 : 0;
      const sampling = { ...greedy, temperature, seed: round, maxTokens: 1 + below(40) };
      const reusing = await answer(warm, prompt, sampling);
      await cold.load(folder, 'cpu');
      const fresh = await answer(cold, prompt, sampling, undefined, false);
      expect(fresh.end.statistics).toMatchObject({ reusedTokens: 0, drafts: { proposed: 0 } });
      if (isExact || kind === 'fp32') expect(reusing.ids).toEqual(fresh.ids);
      if (isExact) expect(logProbabilities(reusing.events)).toEqual(logProbabilities(fresh.events));
      reused += reusing.end.statistics.reusedTokens;
      histories.push([...prompt, ...reusing.ids]);
      if (histories.length > 4) histories.shift();
    }
    expect(reused).toBeGreaterThan(1_000);
  });

  it('gives the same answer for the same prompt, however much of it is cached (int4)', async () => {
    const engine = new Engine();
    await engine.load(demoFolder, 'cpu');
    const prompt = randomIds(130);
    const cold = await answer(engine, prompt);
    const again = await answer(engine, prompt);
    expect(again.end.statistics).toMatchObject({
      reusedTokens: 129,
      prefilledTokens: 1,
      reuse: { source: 'memory', reason: 'repeated', divergedAt: null },
    });
    await answer(engine, [...prompt.slice(0, 77), ...randomIds(9)]);
    const afterEdit = await answer(engine, prompt);
    expect(afterEdit.end.statistics).toMatchObject({
      reusedTokens: 129,
      prefilledTokens: 1,
      reuse: { source: 'memory', reason: 'repeated' },
    });
    for (const { events } of [again, afterEdit])
      expect(logProbabilities(events)).toEqual(logProbabilities(cold.events));
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
