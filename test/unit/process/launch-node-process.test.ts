import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { silentLogger } from '../../../main/logger/index.ts';
import { launchNodeProcess } from '../../../main/process/index.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

function launch(source: string) {
  const module = join(temporaryFolder(), 'service.mjs');
  writeFileSync(module, source);
  return launchNodeProcess(
    { engine: module, data: module, tokenizer: module, convert: module },
    silentLogger,
  )('engine');
}

test('messages go there and back, and the exit is told', async () => {
  const { port, exited, kill } = launch("process.on('message', (message) => process.send({ got: message }))");
  const answer = new Promise((resolve) => port.on('message', (event) => resolve(event?.data)));
  port.postMessage(new Map([['id', 1]]));
  expect(await answer).toEqual({ got: new Map([['id', 1]]) });
  kill();
  expect(await exited).toEqual({ code: null, signal: 'SIGKILL' });
});

test('writing to a process that died a moment ago does not break this one', async () => {
  const { port, processId, exited } = launch("process.on('message', () => undefined); process.send('up')");
  await new Promise((resolve) => port.on('message', resolve));
  process.kill(Number(processId), 'SIGKILL');
  // This process has no chance to learn of it before it writes.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  for (let index = 0; index < 3; index++) port.postMessage('x'.repeat(100_000));
  expect(await exited).toEqual({ code: null, signal: 'SIGKILL' });
});

test('under `node --watch` the only messages are ours', async () => {
  vi.stubEnv('WATCH_REPORT_DEPENDENCIES', '1');
  onTestFinished(() => void vi.unstubAllEnvs());
  const { port, kill, exited } = launch("import 'node:path'; process.send('ours')");
  const first = await new Promise((resolve) => port.on('message', (event) => resolve(event?.data)));
  expect(first).toBe('ours');
  kill();
  await exited;
});
