/** The service processes under Electron's rules: known by their id, started again after a crash, harmless when they fail. */
import { beforeAll, expect, it } from 'vitest';
import { dataFolderOfFile, startBuiltApp, waitFor, type BuiltApp } from './built-app.ts';
import { connect } from './connect.ts';

const dataFolder = dataFolderOfFile();
let app: BuiltApp;
type Client = Awaited<ReturnType<typeof connect>>;

beforeAll(async () => {
  app = await startBuiltApp(dataFolder);
});

const ready = (client: Client, restarts: number) =>
  waitFor('ready engine', async () => {
    const status = await client.models.status();
    return status.state === 'ready' && status.restarts === restarts ? status : undefined;
  });

it('reports the engine’s process id once Electron knows it', async () => {
  const { processId } = await ready(await connect(app), 0);
  expect(processId).toBe(app.electron.utilityProcess.started[0]?.systemProcessId);
});

it('outlives an out-of-memory in a service process', async () => {
  const client = await connect(app);
  expect(app.electron.utilityProcess.started[0]?.emit('error', 'FatalError', 'v8::heap', '{}')).toBe(true);
  expect((await client.models.status()).state).toBe('ready');
});

it('starts the engine again, with its model, when it was killed', async () => {
  const client = await connect(app);
  const { processId, model } = await ready(client, 0);
  process.kill(processId ?? 0, 'SIGKILL');
  const again = await ready(client, 1);
  expect(again.processId).not.toBe(processId);
  expect(again.model?.folder).toBe(model?.folder);
});

it('starts the data process on first use only', async () => {
  const client = await connect(app);
  const names = () => app.electron.utilityProcess.started.map(({ options }) => options.serviceName);
  expect(names()).not.toContain('Lucie data');
  const [sample] = await client.dataset.recent();
  const dataset = await client.dataset.open({ path: sample?.path ?? '' });
  expect(dataset.rowCount).toBeGreaterThan(0);
  expect(names()).toContain('Lucie data');
});
