/** Getting, converting, verifying and deleting models as a window asks for it: real processes, a double of the hub. */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Workbench } from '../../../main/app/index.ts';
import type { JobRequest, ModelJob } from '../../../main/contract/index.ts';
import { demoRepository, defaultCommit, hubDouble, type HubDouble } from '../../fixtures/hub-double/index.ts';
import { seededRandom } from '../../fixtures/reference/tiny-llama.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { embedded, startWorkbench } from '../../fixtures/workbench.ts';
import { transports, type Client } from '../transports.ts';

const name = 'OpenLLM-France/Lucie-Demo';
const get: JobRequest = { kind: 'get', repository: name, revision: 'main', target: 'cpu', keepSource: false };

async function open(dataFolder: string): Promise<{ client: Client; workbench: Workbench; close: () => Promise<void> }> {
  const workbench = await startWorkbench(dataFolder);
  const { client, close } = await (transports[0] as (typeof transports)[number])[1](workbench.router);
  let isOpen = true;
  const end = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await close();
    await workbench.stop();
  };
  onTestFinished(end);
  return { client, workbench, close: end };
}

async function hub(): Promise<HubDouble> {
  const double = await hubDouble({ repositories: [demoRepository()] });
  vi.stubEnv('HF_ENDPOINT', double.endpoint);
  vi.stubEnv('HF_TOKEN', '');
  onTestFinished(() => void vi.unstubAllEnvs());
  return double;
}

/** Watches until the job is as asked; every state that was seen on the way. */
async function until(client: Client, jobId: string, isReached: (job: ModelJob) => boolean): Promise<ModelJob[]> {
  const seen: ModelJob[] = [];
  for await (const jobs of await client.models.jobs.watch()) {
    const job = jobs.find(({ id }) => id === jobId);
    if (job === undefined) throw new Error('The job is gone.');
    seen.push(job);
    if (isReached(job)) return seen;
  }
  throw new Error('The stream ended.');
}

const isOver = ({ state }: ModelJob): boolean => state === 'done' || state === 'failed';

async function finished(client: Client, request: JobRequest): Promise<ModelJob> {
  const { id } = await client.models.jobs.start(request);
  return (await until(client, id, isOver)).at(-1) as ModelJob;
}

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Process ids of this process's children whose command line names `module`. */
function childrenRunning(module: string): number[] {
  const ids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
  return ids.map(Number).filter((id) => {
    try {
      const parent = /^PPid:\t(\d+)$/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1];
      return Number(parent) === process.pid && readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(module);
    } catch {
      return false; // It has ended meanwhile.
    }
  });
}

const bytesOf = (folder: string) =>
  Object.fromEntries(filesBelow(folder).map((path) => [path.slice(folder.length), readFileSync(path, 'base64')]));

test('one request brings a model from the hub that answers; nothing but its files is kept', async () => {
  const double = await hub();
  const dataFolder = temporaryFolder();
  const { client } = await open(dataFolder);
  const described = await client.models.inspect({ repository: name });
  expect(described).toMatchObject({ form: 'safetensors', commit: defaultCommit, layers: 4, vocabularySize: 6_144 });
  const { id } = await client.models.jobs.start(get);
  const seen = await until(client, id, isOver);
  const job = seen.at(-1) as ModelJob;
  expect(job).toMatchObject({ state: 'done', error: null });
  expect([...new Set(seen.map(({ step }) => step))]).toEqual(expect.arrayContaining(['list', 'convert']));
  expect(job.folder).toBe(join(dataFolder, 'models', 'OpenLLM-France', 'Lucie-Demo', 'main'));
  expect(existsSync(join(job.folder, 'model.safetensors'))).toBe(false);
  expect(existsSync(join(job.folder, 'onnx', 'model_q4_kv8.onnx'))).toBe(true);
  const estimated = described.outputBytes?.cpu ?? 0;
  const written = filesBelow(join(job.folder, 'onnx')).reduce((sum, path) => sum + readFileSync(path).length, 0);
  expect(Math.abs(written / estimated - 1)).toBeLessThan(0.1);

  const listed = (await client.models.list()).find(({ folder }) => folder === job.folder);
  expect(listed).toMatchObject({
    removable: true,
    convertible: false,
    problem: null,
    origin: { repository: name, revision: 'main', commit: defaultCommit },
  });
  const modelId = listed?.id ?? '';
  const model = await client.models.load({ id: modelId });
  expect(model).toMatchObject({ folder: job.folder, file: 'onnx/model_q4_kv8.onnx' });
  await expect(client.models.jobs.start(get)).rejects.toMatchObject({ code: 'FOLDER_BUSY' });

  expect(await finished(client, { kind: 'verify', modelId })).toMatchObject({
    state: 'done',
    verification: { passed: true },
  });
  const data = join(job.folder, 'onnx', 'model_q4.onnx_data');
  const bytes = readFileSync(data);
  bytes[100_000] = (bytes[100_000] as number) ^ 1;
  writeFileSync(data, bytes);
  const damaged = await finished(client, { kind: 'verify', modelId });
  expect(damaged).toMatchObject({ state: 'failed', error: { code: 'MODEL_VERIFICATION_FAILED' } });
  expect(damaged.verification?.checks.find(({ passed }) => !passed)).toMatchObject({
    subject: 'onnx/model_q4.onnx_data',
  });
  await expect(client.models.remove({ id: modelId })).rejects.toMatchObject({ code: 'FOLDER_BUSY' });
  await client.models.jobs.dismiss({ jobId: damaged.id });

  await client.models.unload();
  expect(await client.models.status()).toMatchObject({ state: 'stopped', model: null });
  await client.models.remove({ id: modelId });
  expect(filesBelow(join(dataFolder, 'models'))).toEqual([]);
  expect(await client.models.list()).toHaveLength(1);
  await expect(client.models.remove({ id: 'lucie-demo' })).rejects.toMatchObject({ code: 'MODEL_NOT_REMOVABLE' });
  expect(double.requests.some(({ path }) => path.endsWith('pytorch_model.bin'))).toBe(false);
});

test('paused, and continued after a restart, it comes to the same bytes', async () => {
  const double = await hub();
  const whole = temporaryFolder();
  const first = await open(whole);
  const complete = await finished(first.client, get);
  await first.close();
  expect(complete.state).toBe('done');

  const dataFolder = temporaryFolder();
  const second = await open(dataFolder);
  double.fault = ({ host, range }) =>
    host === 'cdn' && range !== undefined ? { kind: 'slow', bytesPerSecond: 3_000_000 } : null;
  const { id } = await second.client.models.jobs.start(get);
  await until(second.client, id, ({ step, progress }) => step === 'convert' && (progress?.done ?? 0) > 3_000_000);
  await second.client.models.jobs.pause({ jobId: id });
  const [paused] = (await until(second.client, id, () => true)) as [ModelJob];
  expect(paused).toMatchObject({ state: 'paused', error: null });
  await second.close();

  const third = await open(dataFolder);
  double.fault = () => null;
  await third.client.models.jobs.resume({ jobId: id });
  const steps = await until(third.client, id, isOver);
  const done = steps.at(-1) as ModelJob;
  expect(done.state).toBe('done');
  expect(bytesOf(done.folder)).toEqual(bytesOf(complete.folder));
  // What was done before the pause was not done again.
  const isMeasured = ({ state, step, progress }: ModelJob) =>
    state === 'running' && step === 'convert' && progress !== null;
  const firstProgress = steps.find(isMeasured)?.progress?.done ?? 0;
  expect(firstProgress).toBeGreaterThan(1_000_000);
});

test.skipIf(process.platform !== 'linux')(
  'killed in mid-conversion it fails with a reason, and goes on when asked',
  async () => {
    const double = await hub();
    const { client } = await open(temporaryFolder());
    const complete = await finished(client, get);
    const whole = bytesOf(complete.folder);
    await client.models.remove({ id: complete.folder });
    const random = seededRandom(20261124);
    for (let round = 0; round < 5; round++) {
      double.fault = ({ host, range }) =>
        host === 'cdn' && range !== undefined ? { kind: 'slow', bytesPerSecond: 6_000_000 } : null;
      const { id } = await client.models.jobs.start(get);
      const reached = random() * 10_000_000;
      await until(client, id, ({ step, progress }) => step === 'convert' && (progress?.done ?? 0) > reached);
      const [processId] = childrenRunning('main/convert/process.ts');
      process.kill(processId as number, 'SIGKILL');
      const [killed] = (await until(client, id, isOver)).slice(-1);
      expect(killed).toMatchObject({ state: 'failed', error: { code: 'CONVERSION_CRASHED' } });
      expect(await client.models.list()).toHaveLength(1);
      double.fault = () => null;
      await client.models.jobs.resume({ jobId: id });
      const done = (await until(client, id, isOver)).at(-1) as ModelJob;
      expect(done).toMatchObject({ state: 'done', error: null });
      expect(bytesOf(done.folder)).toEqual(whole);
      await client.models.remove({ id: done.folder });
    }
  },
);

test('a job that is cancelled leaves nothing, and the next one in the queue runs', async () => {
  const double = await hub();
  const dataFolder = temporaryFolder();
  const { client } = await open(dataFolder);
  double.fault = ({ host, range }) =>
    host === 'cdn' && range !== undefined ? { kind: 'slow', bytesPerSecond: 1_000_000 } : null;
  const { id } = await client.models.jobs.start(get);
  await until(client, id, ({ step }) => step === 'convert');
  const waiting = await client.models.jobs.start({ kind: 'verify', modelId: 'lucie-demo' });
  expect(waiting.state).toBe('queued');
  await client.models.jobs.dismiss({ jobId: id });
  expect((await until(client, waiting.id, isOver)).at(-1)?.state).toBe('done');
  expect(existsSync(join(dataFolder, 'models', 'OpenLLM-France'))).toBe(false);
});

test('published weights can be kept, and a folder on this machine becomes a model where it lies', async () => {
  await hub();
  const dataFolder = temporaryFolder();
  const { client } = await open(dataFolder);
  const kept = await finished(client, { ...get, keepSource: true });
  expect(kept.state).toBe('done');
  expect(existsSync(join(kept.folder, 'model.safetensors'))).toBe(true);
  const origin = { repository: name, revision: 'main', commit: defaultCommit };
  const listed = (await client.models.list()).find(({ folder }) => folder === kept.folder);
  expect(listed).toMatchObject({ convertible: true, problem: null, origin });

  const folder = join(temporaryFolder(), 'published');
  await cp(embedded.modelFolder, folder, { recursive: true, filter: (path) => !path.includes('onnx') });
  expect(await finished(client, { kind: 'convert', folder, target: 'both' })).toMatchObject({ state: 'done', folder });
  expect((await client.settings.get()).modelFolders).toEqual([folder]);
  const converted = (await client.models.list()).find((model) => model.folder === folder);
  expect(converted).toMatchObject({ problem: null, removable: false, convertible: true });
  expect(converted?.files.map((file) => file.name)).toEqual(
    expect.arrayContaining(['onnx/model_q4.onnx', 'onnx/model_q4_kv8.onnx', 'onnx/model_q4f16.onnx']),
  );
});

test('what is wrong is said, and can be tried again', async () => {
  const double = await hub();
  const { client } = await open(temporaryFolder());
  await expect(client.models.inspect({ repository: 'nobody/nothing' })).rejects.toMatchObject({
    code: 'HUB_FORBIDDEN',
  });
  await expect(client.models.inspect({ repository: 'no name' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  const { 'model.safetensors': weights = Buffer.alloc(0), ...others } = demoRepository().files;
  double.repositories = [demoRepository({ files: { ...others, 'pytorch_model.bin': weights } })];
  const pickled = await finished(client, get);
  expect(pickled).toMatchObject({ state: 'failed', error: { code: 'MODEL_FILE_MISSING' } });
  expect(pickled.error?.message).toContain('PyTorch');
  await expect(client.models.jobs.start({ kind: 'convert', folder: '/nowhere', target: 'cpu' })).rejects.toMatchObject({
    code: 'MODEL_NOT_FOUND',
  });
  const config = Buffer.from(JSON.stringify({ model_type: 'nemotron' }));
  double.repositories = [demoRepository({ files: { ...others, 'model.safetensors': weights, 'config.json': config } })];
  await expect(client.models.inspect({ repository: name })).rejects.toMatchObject({ code: 'MODEL_UNSUPPORTED' });
  await client.models.jobs.resume({ jobId: pickled.id });
  const [unsupported] = (await until(client, pickled.id, isOver)).slice(-1);
  expect(unsupported).toMatchObject({ state: 'failed', error: { code: 'MODEL_UNSUPPORTED' } });
  double.repositories = [demoRepository()];
  await client.models.jobs.resume({ jobId: pickled.id });
  expect((await until(client, pickled.id, isOver)).at(-1)).toMatchObject({ state: 'done', error: null });
});
