/**
 * The probes are the model: what the last state says is what the engine scores with, to the last bit, for every kind of graph that the
 * CPU runs; and a graph of float16 or with an int8 cache attends as its float32 twin does. Then what an inspection refuses, and how it ends.
 */
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Engine } from '../../../../main/engine/engine.ts';
import type { ScoredToken } from '../../../../main/contract/scoring.ts';
import { exportModel } from '../../../../native-models/export.ts';
import { demoFolder, exportFp32, temporaryFolder, withInt8Cache } from '../demo-models.ts';
import { attentionOf, inspectionsOf, lensOf, loadedParts, neighboursOf } from './inspected.ts';
import { Inspections } from '../../../../main/engine/inspection/inspections.ts';
import { OneTask } from '../../../../main/engine/one-task.ts';

const spread = (count: number) => Array.from({ length: count }, (_, i) => (i * 911 + 5) % 6_144);

async function scoresOf(engine: Engine, ids: number[]): Promise<ScoredToken[]> {
  const tokens: ScoredToken[] = [];
  const input = { scoringId: 'test', ids, topK: 5, from: 1, window: null, utf8ByteCount: null };
  for await (const event of await engine.score(input)) if (event.type === 'tokens') tokens.push(...event.tokens);
  return tokens;
}

const models: [string, () => Promise<string>][] = [
  ['int4 weights', () => Promise.resolve(demoFolder)],
  ['float32 weights', exportFp32],
  ['int4 weights with an int8 cache', withInt8Cache],
];

describe.each(models)('the lens of the last state (%s)', (_, folderOf) => {
  const engine = new Engine();

  beforeAll(async () => {
    await engine.load(await folderOf(), 'cpu');
  });

  it.each([2, 9, 65, 130])('is the distribution that the engine scores with, for %i tokens', async (count) => {
    const ids = spread(count);
    const last = (await lensOf(engine.inspections, ids, 5)).at(-1) ?? [];
    const scored = await scoresOf(engine, ids);
    expect(last).toHaveLength(count);
    for (const [position, { best, entropy, next }] of last.slice(0, -1).entries()) {
      const token = scored[position + 1];
      expect({ best, entropy, ...next }).toEqual({
        best: token?.alternatives,
        entropy: token?.entropy,
        rank: token?.rank,
        logProbability: token?.logProbability,
      });
    }
  });

  it('looks at a single token', async () => {
    expect(await attentionOf(engine.inspections, [7], 3)).toEqual(new Array(8).fill([[1]]));
    expect(await lensOf(engine.inspections, [7], 1)).toHaveLength(5);
  });
});

describe('a graph of float16', () => {
  it('attends as that of float32 with the same int4 weights', async () => {
    const folder = await temporaryFolder();
    await exportModel({ sourceFolder: demoFolder, outputFolder: folder, variants: ['q4f16'] });
    const half = await inspectionsOf(folder, 'onnx/model_q4f16.onnx');
    const full = await inspectionsOf(demoFolder);
    const ids = spread(20);
    const differences: number[] = [];
    for (const layer of [0, 3]) {
      const [a, b] = [await attentionOf(half, ids, layer), await attentionOf(full, ids, layer)];
      a.flat(2).forEach((weight, i) => differences.push(Math.abs(weight - (b.flat(2)[i] ?? NaN))));
    }
    // Two formats of the graph, not one: blocks of 32 against 128.
    expect(differences.reduce((sum, difference) => sum + difference, 0) / differences.length).toBeLessThan(0.01);
  });
});

it('a graph with an int8 cache attends as that of float32 with the same weights', async () => {
  const [quantised, full] = [await inspectionsOf(await withInt8Cache()), await inspectionsOf(demoFolder)];
  const ids = spread(20);
  for (const layer of [0, 1, 3]) {
    const [a, b] = [await attentionOf(quantised, ids, layer), await attentionOf(full, ids, layer)];
    const differences = a.flat(2).map((weight, i) => Math.abs(weight - (b.flat(2)[i] ?? NaN)));
    expect(differences.reduce((sum, difference) => sum + difference, 0) / differences.length).toBeLessThan(0.005);
    for (const row of a.flat(1)) expect(row.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 3);
    // Not the same graph twice.
    expect(Math.max(...differences)).toBeGreaterThan(0);
  }
});

describe('an inspection', () => {
  const engine = new Engine();
  const ids = spread(12);

  beforeAll(async () => {
    await engine.load(demoFolder, 'cpu');
  });

  afterEach(async () => {
    // Whatever a test left: the engine is free again.
    expect(await scoresOf(engine, [1, 2])).toHaveLength(2);
  });

  it('says what it looks at, how far it is, and that it came to its end', async () => {
    const events = [];
    for await (const event of await engine.inspections.attention({ inspectionId: 'a', ids, layer: 2 })) {
      events.push(event);
    }
    expect(events[0]).toMatchObject({ type: 'begin', tokenCount: 12, layers: 4 });
    expect(events.at(-1)).toEqual({ type: 'end', isComplete: true });
    const done = events.flatMap((event) => (event.type === 'progress' ? [event.progress.done] : []));
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(done.at(-1)).toBe(4);
  });

  it('ends where it is cancelled, and the next one goes on from there', async () => {
    const events = [];
    for await (const event of await engine.inspections.lens({ inspectionId: 'b', ids, topK: 1 })) {
      events.push(event);
      if (event.type === 'state') engine.cancel('b');
    }
    expect(events.filter(({ type }) => type === 'state')).toHaveLength(1);
    expect(events.at(-1)).toEqual({ type: 'end', isComplete: false });
    expect(await lensOf(engine.inspections, ids, 1)).toHaveLength(5);
  });

  it('keeps the engine to itself, as an answer does', async () => {
    const running = await engine.inspections.neighbours({ inspectionId: 'c', id: 300, count: 3 });
    await running.next();
    const refused = expect.objectContaining({ code: 'ENGINE_BUSY' }) as Error;
    await expect(engine.inspections.attention({ inspectionId: 'd', ids, layer: 0 })).rejects.toThrow(refused);
    await running.return();
  });

  it('uses what it has of a text for another layer of it', async () => {
    await attentionOf(engine.inspections, ids, 3);
    const steps = [];
    for await (const event of await engine.inspections.attention({ inspectionId: 'e', ids, layer: 2 })) {
      if (event.type === 'progress') steps.push(event.progress.done);
    }
    expect(steps).toEqual([3, 4]);
  });

  it.each([
    ['INSPECTION_TOO_LONG', spread(513), 0],
    ['PROMPT_EMPTY', [], 0],
    ['INVALID_INPUT', [6_144], 0],
    ['INVALID_INPUT', [1, 2], 4],
  ])('refuses with %s', async (code, refusedIds, layer) => {
    const call = engine.inspections.attention({ inspectionId: 'f', ids: refusedIds, layer });
    await expect(call).rejects.toMatchObject({ code });
  });

  it('refuses a token outside the vocabulary', async () => {
    await expect(neighboursOf(engine.inspections, 6_144, 3)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('finds the same near tokens after a search that was cancelled, and once the matrix is kept', async () => {
    const parts = await loadedParts(demoFolder);
    const inspections = new Inspections(new OneTask(), () => parts);
    const first = await inspections.neighbours({ inspectionId: 'g', id: 5_000, count: 9 });
    for (let step = 0; step < 3; step++) await first.next();
    await first.return();
    const found = await neighboursOf(inspections, 5_000, 9);
    expect(await neighboursOf(inspections, 5_000, 9)).toEqual(found);
    const untouched = new Inspections(new OneTask(), () => parts);
    expect(found).toEqual(await neighboursOf(untouched, 5_000, 9));
  });

  it('asks for memory before it opens anything', async () => {
    const parts = await loadedParts(demoFolder);
    const poor = new Inspections(
      new OneTask(),
      () => parts,
      () => 1_000_000,
    );
    await expect(attentionOf(poor, ids, 0)).rejects.toMatchObject({ code: 'MEMORY_INSUFFICIENT' });
    await expect(neighboursOf(poor, 7, 3)).rejects.toMatchObject({ code: 'MEMORY_INSUFFICIENT' });
  });

  it('says that there is no model', async () => {
    await expect(attentionOf(new Engine().inspections, ids, 0)).rejects.toMatchObject({ code: 'MODEL_NOT_LOADED' });
  });
});
