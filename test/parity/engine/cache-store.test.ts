/** A conversation that was saved is gone on with as if the engine had never ended. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Engine } from '../../../main/engine/engine.ts';
import { answer, demoFolder, greedy, temporaryFolder, withInt8Cache } from './demo-models.ts';

const prompt = Array.from({ length: 700 }, (_, i) => 300 + ((i * 37) % 5_000));
const sampling = { ...greedy, maxTokens: 20 };

it.each(['int4', 'int8 cache'] as const)('a sequence outlives the engine (%s)', async (kind) => {
  const model = kind === 'int4' ? demoFolder : await withInt8Cache();
  const folder = join(await temporaryFolder(), 'caches');
  const first = new Engine();
  await first.keepCaches(folder);
  await first.load(model, 'cpu');
  const before = await answer(first, prompt, sampling);
  await first.unload();
  expect(readdirSync(folder).length).toBe(1);

  const second = new Engine();
  await second.load(model, 'cpu');
  await second.keepCaches(folder);
  const again = await answer(second, prompt, sampling);
  expect(again.end.statistics.reuse).toEqual({
    reusedTokens: 699,
    source: 'disk',
    reason: 'repeated',
    divergedAt: null,
  });
  expect(again.ids).toEqual(before.ids);
  const longer = [...prompt, ...before.ids, 300, 301];
  const [continued, cold] = [await answer(second, longer, sampling), new Engine()];
  expect(continued.end.statistics.reuse?.source).toBe('memory');
  await cold.load(model, 'cpu');
  expect(continued.ids).toEqual((await answer(cold, longer, sampling)).ids);
  await second.unload();
});

it('another model takes nothing from it', async () => {
  const folder = await temporaryFolder();
  const engine = new Engine();
  await engine.keepCaches(folder);
  await engine.load(demoFolder, 'cpu');
  await answer(engine, prompt, sampling);
  await engine.load(await withInt8Cache(), 'cpu');
  expect(readdirSync(folder).length).toBe(1);
  expect((await answer(engine, prompt, sampling)).end.statistics.reuse?.source).toBe('none');
});
