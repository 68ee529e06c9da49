import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { silentLogger } from '../../../main/logger/index.ts';
import { embeddedModelId, ModelService } from '../../../main/models/index.ts';
import { EngineProcessDouble } from '../../fixtures/engine-process-double.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

function setUp() {
  const root = temporaryFolder();
  const folderOf = (name: string) => {
    mkdirSync(join(root, name));
    writeFileSync(join(root, name, 'config.json'), '{}');
    return join(root, name);
  };
  const double = new EngineProcessDouble();
  const chosen: string[] = [];
  const service = new ModelService({
    embeddedFolder: folderOf('demo'),
    userFolders: () => [],
    logger: silentLogger,
    launch: double.launch,
    onLoaded: (id) => chosen.push(id),
  });
  const loads = () => double.loads.map((folder) => folder.slice(root.length + 1));
  return { service, double, folderOf, loads, chosen };
}

test('who holds the engine loads what it wants, and the model of before is back at the end', async () => {
  const { service, folderOf, loads, chosen, double } = setUp();
  await service.load(embeddedModelId);
  const held = service.hold();
  expect(held.chosenId).toBe(embeddedModelId);
  expect(await held.load(embeddedModelId)).toMatchObject({ wasLoaded: true });
  const other = folderOf('other');
  expect(await held.load(other)).toMatchObject({ wasLoaded: false, model: { folder: other } });
  expect(await held.release()).toBeNull();
  expect(loads()).toEqual(['demo', 'other', 'demo']);
  // The model that is there makes room before another one comes.
  expect(double.unloads).toBe(2);
  expect(service.status()).toMatchObject({ state: 'ready', error: null });
  // No load of the holder was a choice of the user's.
  expect(chosen).toEqual([embeddedModelId]);
});

test('everyone else is told that the engine is busy, until it is let go', async () => {
  const { service, folderOf } = setUp();
  await service.load(embeddedModelId);
  const held = service.hold();
  const busy = { code: 'ENGINE_BUSY' };
  expect(() => service.checkFree()).toThrow(expect.objectContaining(busy));
  expect(() => service.hold()).toThrow(expect.objectContaining(busy));
  expect(service.loaded()).toBeNull();
  await expect(service.ready()).rejects.toMatchObject(busy);
  await expect(service.load(folderOf('other'))).rejects.toMatchObject(busy);
  await expect(service.unload()).rejects.toMatchObject(busy);
  await expect(service.remove('/anything')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
  await held.release();
  service.checkFree();
  expect((await service.ready()).model.folder).toMatch(/demo$/);
});

test('an engine that answers or loads cannot be held; nothing is unloaded for the try', async () => {
  const { service, double } = setUp();
  const loading = service.load(embeddedModelId);
  expect(() => service.hold()).toThrow(expect.objectContaining({ code: 'ENGINE_BUSY' }));
  const model = await loading;
  const answer = service.generating(async function* () {
    yield 1;
    await Promise.resolve();
    yield 2;
  }, model);
  await answer.next();
  expect(() => service.hold()).toThrow(expect.objectContaining({ code: 'ENGINE_BUSY' }));
  await answer.return(undefined);
  expect(double.unloads).toBe(0);
  await service.hold().release();
});

test('what cannot be loaded leaves the engine to the next one, and the model of before comes back', async () => {
  const { service, folderOf, double, loads } = setUp();
  await service.load(embeddedModelId);
  const held = service.hold();
  double.loadFails = 'MEMORY_INSUFFICIENT';
  await expect(held.load(folderOf('large'))).rejects.toMatchObject({ code: 'MEMORY_INSUFFICIENT' });
  await expect(held.load('/nowhere')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
  await held.load(folderOf('small'));
  double.loadFails = 'MODEL_FILE_CORRUPT';
  expect(await held.release()).toMatchObject({ code: 'MODEL_FILE_CORRUPT' });
  expect(service.status()).toMatchObject({ state: 'failed', error: { code: 'MODEL_FILE_CORRUPT' } });
  // Let go all the same: whoever asks tries again.
  await service.ready();
  expect(loads()).toEqual(['demo', 'large', 'small', 'demo', 'demo']);
});

test('where nothing was loaded nothing is at the end', async () => {
  const { service, folderOf } = setUp();
  const held = service.hold();
  await held.load(folderOf('other'));
  expect(await held.release()).toBeNull();
  expect(service.status()).toMatchObject({ state: 'stopped', model: null });
});

test('a crash in the hands of the holder brings back the model of before at the end only', async () => {
  const { service, folderOf, double, loads } = setUp();
  await service.load(embeddedModelId);
  const held = service.hold();
  await held.load(folderOf('other'));
  double.crash();
  await expect.poll(() => service.status().state).toBe('starting');
  expect(loads()).toEqual(['demo', 'other']);
  expect(await held.release()).toBeNull();
  expect(loads()).toEqual(['demo', 'other', 'demo']);
  expect(service.status()).toMatchObject({
    state: 'ready',
    model: { folder: expect.stringMatching(/demo$/) as string },
  });
  await service.stop();
});

test('a workbench that closes puts nothing back', async () => {
  const { service, folderOf, loads } = setUp();
  await service.load(embeddedModelId);
  const held = service.hold();
  await held.load(folderOf('other'));
  expect(await held.release({ isClosing: true })).toBeNull();
  expect(loads()).toEqual(['demo', 'other']);
  await service.stop();
});
