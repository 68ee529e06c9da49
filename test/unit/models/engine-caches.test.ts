/** Whether conversations may be written to the disk is told to every engine before it could do so. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { silentLogger } from '../../../main/logger/index.ts';
import { embeddedModelId, ModelService } from '../../../main/models/index.ts';
import { EngineProcessDouble } from '../../fixtures/engine-process-double.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

const services: ModelService[] = [];
afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.stop()));
});

function setUp(folder: string | null) {
  const embeddedFolder = join(temporaryFolder(), 'demo');
  mkdirSync(embeddedFolder);
  writeFileSync(join(embeddedFolder, 'config.json'), '{}');
  const engine = new EngineProcessDouble();
  const wish = { folder };
  const service = new ModelService({
    embeddedFolder,
    userFolders: () => [],
    logger: silentLogger,
    launch: engine.launch,
    cacheFolder: () => wish.folder,
  });
  services.push(service);
  return { service, engine, wish };
}

test('every load is told before and after, also that nothing is kept', async () => {
  const { service, engine, wish } = setUp('/caches');
  await service.load(embeddedModelId);
  wish.folder = null;
  await service.load(embeddedModelId);
  expect(engine.cacheCalls).toEqual(['/caches', 'load', '/caches', 'null', 'load', 'null']);
});

test('a folder that cannot be used is no reason not to load', async () => {
  const { service, engine } = setUp('/caches');
  engine.keepCachesFails = 'FOLDER_UNWRITABLE';
  expect(await service.load(embeddedModelId)).toMatchObject({ device: 'cpu' });
});

test('a change reaches any engine that runs, with or without a model, and starts none', async () => {
  const { service, engine, wish } = setUp('/caches');
  await service.applyCacheFolder();
  expect(engine.launched).toBe(0);
  await service.load(embeddedModelId);
  await service.unload();
  wish.folder = null;
  await service.applyCacheFolder();
  expect(engine.cacheCalls.at(-1)).toBe('null');
  expect(engine.launched).toBe(1);
});

test('a deleted conversation is forgotten where something of it may be: in a running engine, in the folder', async () => {
  const { service, engine, wish } = setUp(null);
  await service.forget([[1, 2]]);
  expect(engine.launched).toBe(0);
  await service.load(embeddedModelId);
  await service.forget([[1, 2], [3]]);
  await service.forget([]);
  wish.folder = '/caches';
  await service.forget([[4]]);
  expect(engine.forgotten).toEqual([
    { prompts: [[1, 2], [3]], folder: null },
    { prompts: [[4]], folder: '/caches' },
  ]);
  const idle = setUp('/caches');
  await idle.service.forget([[5]]);
  expect([idle.engine.forgotten, idle.engine.loads]).toEqual([[{ prompts: [[5]], folder: '/caches' }], []]);
});

test('the end of the workbench waits for an unload that writes', async () => {
  const { service, engine } = setUp('/caches');
  await service.load(embeddedModelId);
  const writing = Promise.withResolvers<undefined>();
  engine.unloadsAfter = writing.promise;
  const unloading = service.unload();
  await expect.poll(() => engine.unloads).toBe(1);
  let isStopped = false;
  const stopping = service.stop().then(() => (isStopped = true));
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(isStopped).toBe(false);
  writing.resolve(undefined);
  await Promise.all([unloading, stopping]);
  expect(engine.unloads).toBe(1);
});
