import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { implement } from '@orpc/server';
import { expect, test } from 'vitest';
import { engineContract } from '../../../main/contract/engine.ts';
import { WorkbenchError } from '../../../main/contract/errors.ts';
import { silentLogger } from '../../../main/logger/index.ts';
import { embeddedModelId, ModelService } from '../../../main/models/index.ts';
import { servePort, type ProcessExit } from '../../../main/process/index.ts';
import { portPair } from '../../fixtures/port-pair.ts';
import { scriptedModel } from '../../fixtures/scripted-engine.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

/** A service over an engine process that loads folders by their names: `broken…` fails, `crash…` ends the process. */
function setUp() {
  const root = temporaryFolder();
  const folderOf = (name: string) => {
    mkdirSync(join(root, name));
    writeFileSync(join(root, name, 'config.json'), '{}');
    return join(root, name);
  };
  const os = implement(engineContract);
  let end: (exit: ProcessExit) => void = () => undefined;
  let launched = 0;
  const loads: string[] = [];
  const service = new ModelService({
    embeddedFolder: folderOf('demo'),
    userFolders: () => [],
    logger: silentLogger,
    launch: () => {
      launched++;
      const pair = portPair();
      const exited = new Promise<ProcessExit>((resolve) => {
        end = (exit) => {
          pair.close();
          resolve(exit);
        };
      });
      const router = {
        load: os.load.handler(async ({ input }) => {
          const name = input.folder.slice(root.length + 1);
          loads.push(name);
          await new Promise((resolve) => setTimeout(resolve, 10));
          if (name.startsWith('crash')) end({ code: null, signal: 'SIGSEGV' });
          if (name.startsWith('broken')) throw new WorkbenchError('MODEL_FILE_CORRUPT', 'broken', { action: 'Again.' });
          return { ...scriptedModel, folder: input.folder, name };
        }),
        memory: os.memory.handler(() => ({ residentBytes: 1, cachedTokens: 0, cachedSequences: 0, cacheBytes: 0 })),
      };
      servePort(router, pair.right, silentLogger);
      return { port: pair.left, processId: launched, exited, kill: () => end({ code: null, signal: 'SIGKILL' }) };
    },
  });
  return { service, folderOf, loads, launched: () => launched, crash: () => end({ code: 1, signal: null }) };
}

test('a crash brings the model back', async () => {
  const { service, crash, loads } = setUp();
  await service.load(embeddedModelId);
  crash();
  await expect.poll(() => service.status().state).toBe('restarting');
  await expect.poll(() => service.status()).toMatchObject({ state: 'ready', restarts: 1, model: { name: 'demo' } });
  expect(loads).toEqual(['demo', 'demo']);
});

test('a model that is not there is in the status, and no other one answers in its place', async () => {
  const { service, loads } = setUp();
  await expect(service.load('/nowhere')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
  expect(service.status()).toMatchObject({ state: 'failed', model: null, error: { code: 'MODEL_NOT_FOUND' } });
  await expect(service.ready()).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
  expect(loads).toEqual([]);
});

test('a model whose loading kills the engine is tried again until the engine is given up, not left in the starting state', async () => {
  const { service, folderOf, loads } = setUp();
  await expect(service.load(folderOf('crash'))).rejects.toMatchObject({ code: 'ENGINE_CRASHED' });
  await expect.poll(() => loads, { timeout: 5_000 }).toEqual(['crash', 'crash', 'crash']);
  await service.stop();
});

test('a load that fails leaves the model that was there, also for whoever waits for it', async () => {
  const { service, folderOf } = setUp();
  await service.load(embeddedModelId);
  const loading = service.load(folderOf('broken'));
  const ready = service.ready();
  await expect(loading).rejects.toMatchObject({ code: 'MODEL_FILE_CORRUPT' });
  expect((await ready).model.name).toBe('demo');
  expect(service.status()).toMatchObject({ state: 'ready', error: { code: 'MODEL_FILE_CORRUPT' } });
});

test('no answer begins while a model is loaded, no model is loaded during an answer', async () => {
  const { service, folderOf } = setUp();
  await service.load(embeddedModelId);
  const loading = service.load(folderOf('other'));
  const answer = async function* () {
    yield 1;
    await Promise.resolve();
  };
  await expect(service.generating(answer).next()).rejects.toMatchObject({ code: 'ENGINE_BUSY' });
  await loading;
  const stream = service.generating(answer);
  await stream.next();
  expect(service.status().state).toBe('busy');
  await expect(service.load(embeddedModelId)).rejects.toMatchObject({ code: 'ENGINE_BUSY' });
  await stream.return(undefined);
  expect(service.status()).toMatchObject({ state: 'ready', model: { name: 'other' } });
});

test('stopping while a model is being looked for starts no process afterwards', async () => {
  const { service, launched } = setUp();
  const loading = service.load(embeddedModelId);
  await service.stop();
  await expect(loading).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(launched()).toBe(0);
});
