/** What ends a loaded model, and what brings it back: idleness, lost devices, spent memory, runs that do not come back, crashes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { DeviceProbe, DeviceWish } from '../../../main/contract/devices.ts';
import type { EngineState } from '../../../main/contract/models.ts';
import { defaultSampling } from '../../../main/contract/sampling.ts';
import { silentLogger } from '../../../main/logger/index.ts';
import { embeddedModelId, ModelService } from '../../../main/models/index.ts';
import { EngineProcessDouble } from '../../fixtures/engine-process-double.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

const services: ModelService[] = [];
afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.stop()));
});

const webgpu: DeviceProbe = {
  usable: true,
  device: 'webgpu',
  name: null,
  isSoftware: false,
  float16: true,
  memoryBytes: null,
};

function setUp({ idleUnloadMs = 0, cancelLimitMs = 10_000, device = 'auto' as DeviceWish } = {}) {
  const embeddedFolder = join(temporaryFolder(), 'demo');
  mkdirSync(embeddedFolder);
  writeFileSync(join(embeddedFolder, 'config.json'), '{}');
  const engine = new EngineProcessDouble();
  const limits = { idleUnloadMs };
  const service = new ModelService({
    embeddedFolder,
    userFolders: () => [],
    logger: silentLogger,
    launch: engine.launch,
    device: () => device,
    idleUnloadMs: () => limits.idleUnloadMs,
    pollMs: 5,
    cancelLimitMs,
  });
  services.push(service);
  return { service, engine, limits };
}

/** Reads an answer; `onToken` comes with its first token. */
async function generate(service: ModelService, onToken: () => void = () => undefined): Promise<number> {
  const { engine } = await service.ready();
  const body = async function* () {
    yield* await engine.generate({ generationId: 'g', promptIds: [1], sampling: defaultSampling });
  };
  let tokens = 0;
  for await (const event of service.generating(body)) {
    if (event.type === 'token') tokens++;
    onToken();
  }
  return tokens;
}

const state = (service: ModelService) => (): EngineState => service.status().state;

describe('a model that is not used', () => {
  test('is unloaded, says so, and is loaded again by the next question', async () => {
    const { service, engine, limits } = setUp({ idleUnloadMs: 30 });
    await service.load(embeddedModelId);
    await expect.poll(state(service)).toBe('idle');
    expect(service.status()).toMatchObject({ model: null, error: null, residentBytes: null });
    expect(engine.unloads).toBe(1);
    expect(service.loaded()).toBeNull();
    limits.idleUnloadMs = 0;
    expect(await generate(service)).toBe(1);
    expect(service.status()).toMatchObject({ state: 'ready', model: { name: 'demo' } });
    expect(engine.launched).toBe(1);
  });

  test('stays loaded where the limit is 0, and during an answer', async () => {
    const { service, engine, limits } = setUp();
    await service.load(embeddedModelId);
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(service.status().state).toBe('ready');
    const stream = service.generating(async function* () {
      yield 1;
      await Promise.resolve();
    });
    await stream.next();
    limits.idleUnloadMs = 1;
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect([service.status().state, engine.unloads]).toEqual(['busy', 0]);
    await stream.return(undefined);
    await expect.poll(state(service)).toBe('idle');
  });

  test('is not brought back by a crash of the empty engine', async () => {
    const { service, engine } = setUp({ idleUnloadMs: 10 });
    await service.load(embeddedModelId);
    await expect.poll(state(service)).toBe('idle');
    engine.crash();
    await expect.poll(() => engine.launched).toBe(2);
    await expect.poll(state(service)).toBe('idle');
    expect(engine.loads).toHaveLength(1);
  });
});

describe('an unload that takes long', () => {
  function slowUnload(engine: EngineProcessDouble): () => void {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    engine.unloadsAfter = promise;
    return () => resolve(undefined);
  }

  test('is begun once, and a question meanwhile waits for it, then has the model again', async () => {
    const { service, engine, limits } = setUp({ idleUnloadMs: 30 });
    await service.load(embeddedModelId);
    const release = slowUnload(engine);
    await expect.poll(() => engine.unloads).toBe(1);
    expect(service.status()).toMatchObject({ state: 'idle', model: null });
    await new Promise((resolve) => setTimeout(resolve, 30));
    limits.idleUnloadMs = 0;
    const answer = generate(service);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([engine.unloads, engine.loads.length]).toEqual([1, 1]);
    release();
    expect(await answer).toBe(1);
    expect(service.status()).toMatchObject({ state: 'ready', model: { name: 'demo' } });
  });

  test('does not overwrite the status of a load that was asked for meanwhile', async () => {
    const { service, engine } = setUp();
    await service.load(embeddedModelId);
    const release = slowUnload(engine);
    const unloading = service.unload();
    const loading = service.load(embeddedModelId);
    release();
    await Promise.all([unloading, loading]);
    expect(service.status()).toMatchObject({ state: 'ready', model: { name: 'demo' } });
    engine.crash();
    await expect.poll(() => engine.loads.length).toBe(3);
  });

  test('and in which the engine dies brings no model back', async () => {
    const { service, engine } = setUp();
    await service.load(embeddedModelId);
    slowUnload(engine);
    const unloading = service.unload();
    await expect.poll(() => engine.unloads).toBe(1);
    engine.crash();
    await expect(unloading).rejects.toMatchObject({ code: 'ENGINE_CRASHED' });
    await expect.poll(() => engine.launched).toBe(2);
    await expect.poll(state(service)).toBe('stopped');
    expect(engine.loads).toHaveLength(1);
  });
});

describe.each(['DEVICE_LOST', 'OUT_OF_MEMORY'] as const)('%s in an answer', (code) => {
  test('reaches the reader; a fresh engine has the model again and answers', async () => {
    const { service, engine } = setUp();
    engine.device = 'webgpu';
    engine.then = code;
    await expect(generate(service)).rejects.toMatchObject({ code });
    engine.then = 'end';
    expect(await generate(service)).toBe(1);
    expect(service.status()).toMatchObject({ state: 'ready', restarts: 1, processId: 2 });
    expect(engine.loads).toHaveLength(2);
  });

  test('decides whether the device is tried again', async () => {
    const { service, engine } = setUp({ device: 'webgpu' });
    engine.probes = [webgpu];
    engine.device = 'webgpu';
    engine.then = code;
    await expect(generate(service)).rejects.toMatchObject({ code });
    await service.ready();
    const usable = code === 'OUT_OF_MEMORY';
    expect(engine.offered).toMatchObject([[{ usable: true }], [{ device: 'webgpu', usable }]]);
  });

  test('again and again is not given up as a crash in a row is', async () => {
    const { service, engine } = setUp();
    engine.then = code;
    for (let round = 0; round < 7; round++) await expect(generate(service)).rejects.toMatchObject({ code });
    expect(service.status().state).not.toBe('failed');
  });
});

describe('a load that fails', () => {
  test('for want of memory is in the status, and is not tried again by itself', async () => {
    const { service, engine } = setUp();
    engine.loadFails = 'OUT_OF_MEMORY';
    await expect(service.load(embeddedModelId)).rejects.toMatchObject({ code: 'OUT_OF_MEMORY' });
    expect(service.status()).toMatchObject({ state: 'failed', model: null, error: { code: 'OUT_OF_MEMORY' } });
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect([engine.loads.length, engine.launched]).toEqual([1, 1]);
    await service.load(embeddedModelId);
    expect(service.status().state).toBe('ready');
  });

  test('with a lost device gets a fresh engine that waits to be asked', async () => {
    const { service, engine } = setUp();
    engine.loadFails = 'DEVICE_LOST';
    await expect(service.load(embeddedModelId)).rejects.toMatchObject({ code: 'DEVICE_LOST' });
    await expect.poll(() => engine.launched).toBe(2);
    await expect.poll(state(service)).toBe('failed');
    expect([engine.loads.length, service.status().error?.code]).toEqual([1, 'DEVICE_LOST']);
  });
});

describe('cancelling', () => {
  test('a run that does not come back ends with its process, and a fresh one has the model', async () => {
    const { service, engine } = setUp({ cancelLimitMs: 50 });
    engine.then = 'hang';
    const { engine: client } = await service.ready();
    let cancelled: Promise<void> = Promise.resolve();
    const answer = generate(service, () => (cancelled = service.cancel(client, 'g').catch(() => undefined)));
    await expect(answer).rejects.toMatchObject({ code: 'ENGINE_CRASHED', details: { cause: 'unresponsive' } });
    await cancelled;
    engine.then = 'end';
    expect(await generate(service)).toBe(1);
    expect(service.status()).toMatchObject({ state: 'ready', restarts: 1 });
  });

  test('an answer that ends in time costs nothing', async () => {
    const { service, engine } = setUp({ cancelLimitMs: 20 });
    const { engine: client } = await service.ready();
    await generate(service, () => void service.cancel(client, 'g'));
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect([engine.cancels, engine.launched, service.status().restarts]).toEqual([1, 1, 0]);
  });

  test('what is not under way leaves the engine alone', async () => {
    const { service, engine } = setUp({ cancelLimitMs: 5 });
    const { engine: client } = await service.ready();
    await service.cancel(client, 'long gone');
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(engine.launched).toBe(1);
  });
});

test('a killed engine says by what; given up after crashes in a row, it starts when the user asks again', async () => {
  const { service, engine } = setUp();
  engine.then = 'hang';
  const answer = generate(service, () => engine.crash());
  await expect(answer).rejects.toMatchObject({
    code: 'ENGINE_CRASHED',
    details: { cause: 'killed', signal: 'SIGKILL' },
  });
  // 0.1, 0.5, 2 and 5 s of pauses; the crash above was the first in a row.
  for (let crashes = 1; crashes < 5; crashes++) {
    await expect.poll(() => engine.launched, { timeout: 8_000 }).toBe(crashes + 1);
    engine.crash({ code: null, signal: 'SIGSEGV' });
  }
  await expect.poll(state(service)).toBe('failed');
  expect(service.status()).toMatchObject({ model: null, error: { code: 'ENGINE_UNAVAILABLE' } });
  engine.then = 'end';
  expect(await generate(service)).toBe(1);
  expect(service.status()).toMatchObject({ state: 'ready', error: null, restarts: 4 });
});
