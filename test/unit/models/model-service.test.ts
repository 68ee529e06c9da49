import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { implement } from '@orpc/server';
import { expect, test } from 'vitest';
import type { DeviceProbe, DeviceWish } from '../../../main/contract/devices.ts';
import { engineContract } from '../../../main/contract/engine.ts';
import { WorkbenchError } from '../../../main/contract/errors.ts';
import { silentLogger } from '../../../main/logger/index.ts';
import { embeddedModelId, ModelService } from '../../../main/models/index.ts';
import { servePort, type ProcessExit } from '../../../main/process/index.ts';
import { portPair } from '../../fixtures/port-pair.ts';
import { scriptedModel } from '../../fixtures/scripted-engine.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

type Probe = (end: (exit: ProcessExit) => void) => DeviceProbe[];

const webgpu: DeviceProbe = {
  usable: true,
  device: 'webgpu',
  name: null,
  isSoftware: false,
  float16: true,
  memoryBytes: null,
};

/**
 * A service over an engine process that loads folders by their names: `broken…` fails, `crash…` ends the process, `gpu…` ends it
 * where WebGPU may be tried.
 */
function setUp({ device = 'auto', probe = () => [webgpu] }: { device?: DeviceWish; probe?: Probe } = {}) {
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
  const offered: DeviceProbe[][] = [];
  const service = new ModelService({
    embeddedFolder: folderOf('demo'),
    userFolders: () => [],
    device: () => device,
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
        probe: os.probe.handler(() => probe(end)),
        load: os.load.handler(async ({ input }) => {
          offered.push(input.probes);
          const name = input.folder.slice(root.length + 1);
          loads.push(name);
          await new Promise((resolve) => setTimeout(resolve, 10));
          if (name.startsWith('crash')) end({ code: null, signal: 'SIGSEGV' });
          if (name.startsWith('gpu') && input.probes.some(({ usable }) => usable))
            end({ code: null, signal: 'SIGSEGV' });
          if (name.startsWith('broken')) throw new WorkbenchError('MODEL_FILE_CORRUPT', 'broken', { action: 'Again.' });
          return { ...scriptedModel, folder: input.folder, name };
        }),
        keepCaches: os.keepCaches.handler(() => undefined),
        memory: os.memory.handler(() => ({ residentBytes: 1, cachedTokens: 0, cachedSequences: 0, cacheBytes: 0 })),
      };
      servePort(router, pair.right, silentLogger);
      return { port: pair.left, processId: launched, exited, kill: () => end({ code: null, signal: 'SIGKILL' }) };
    },
  });
  return { service, folderOf, loads, offered, launched: () => launched, crash: () => end({ code: 1, signal: null }) };
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

test('what is asked while a run ends whose caller left waits for it; a wanted one is in the way', async () => {
  const { service } = setUp();
  await service.load(embeddedModelId);
  const begun: string[] = [];
  const run = (name: string) =>
    async function* () {
      begun.push(name);
      yield name;
      await Promise.resolve();
    };
  const leaving = new AbortController();
  const first = service.generating(run('first'), undefined, leaving.signal);
  await first.next();
  await expect(service.generating(run('too early')).next()).rejects.toMatchObject({ code: 'ENGINE_BUSY' });
  leaving.abort();
  const second = service.generating(run('second'));
  const [next, refused] = [second.next(), service.generating(run('third')).next()];
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(begun).toEqual(['first']);
  await expect(service.load(embeddedModelId)).rejects.toMatchObject({ code: 'ENGINE_BUSY' });
  const isRefused = expect(refused).rejects.toMatchObject({ code: 'ENGINE_BUSY' });
  await first.return(undefined);
  expect(await next).toEqual({ done: false, value: 'second' });
  await isRefused;
  await second.return(undefined);
  expect(begun).toEqual(['first', 'second']);
  expect(service.status().state).toBe('ready');
});

test('stopping while a model is being looked for starts no process afterwards', async () => {
  const { service, launched } = setUp();
  const loading = service.load(embeddedModelId);
  await service.stop();
  await expect(loading).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(launched()).toBe(0);
});

test('looks for devices once, in a process that is gone afterwards, and only where that matters', async () => {
  const { service, offered, launched } = setUp({ device: 'webgpu' });
  await service.load(embeddedModelId);
  await service.load(embeddedModelId);
  expect(offered).toEqual([[webgpu], [webgpu]]);
  expect(launched()).toBe(2);
  const onCpu = setUp({ device: 'cpu' });
  await onCpu.service.load(embeddedModelId);
  // No graph for a GPU in the folder.
  const byItself = setUp();
  await byItself.service.load(embeddedModelId);
  expect([onCpu.launched(), byItself.launched(), ...onCpu.offered, ...byItself.offered]).toEqual([1, 1, [], []]);
});

test('looks for devices by itself where the folder has a graph for a GPU', async () => {
  const { service, folderOf, offered } = setUp();
  const folder = folderOf('both');
  mkdirSync(join(folder, 'onnx'));
  writeFileSync(join(folder, 'onnx/model_q4f16.onnx'), '');
  await service.load(folder);
  expect(offered).toEqual([[webgpu]]);
});

test('drivers that take their process with them are devices that failed', async () => {
  const { service, offered } = setUp({
    device: 'webgpu',
    probe: (end) => {
      end({ code: null, signal: 'SIGABRT' });
      return [];
    },
  });
  await service.load(embeddedModelId);
  expect(offered[0]?.[0]).toMatchObject({ usable: false, device: 'webgpu', reason: 'driver-failed' });
});

test('a device that takes the engine with it leaves the model on the CPU, now and later', async () => {
  const { service, folderOf, loads, offered } = setUp({ device: 'webgpu' });
  expect((await service.load(folderOf('gpu'))).name).toBe('gpu');
  await service.load(embeddedModelId);
  expect(loads).toEqual(['gpu', 'gpu', 'demo']);
  expect(offered[0]).toEqual([webgpu]);
  expect(offered.slice(1).flat()).toMatchObject(
    Array(2).fill({ usable: false, device: 'webgpu', reason: 'driver-failed' }),
  );
  expect(service.status()).toMatchObject({ state: 'ready' });
});

test('what was encoded for one model is not run on another', async () => {
  const { service, folderOf } = setUp();
  const model = await service.load(embeddedModelId);
  service.checkFree(model);
  await service.load(folderOf('other'));
  expect(() => service.checkFree(model)).toThrow(/model was changed/);
  let isRun = false;
  const answer = async function* () {
    isRun = true;
    yield 1;
    await Promise.resolve();
  };
  await expect(service.generating(answer, model).next()).rejects.toMatchObject({ code: 'ENGINE_BUSY' });
  expect([isRun, service.status().state]).toEqual([false, 'ready']);
});
