import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventIterator } from '@orpc/contract';
import { implement } from '@orpc/server';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { WorkbenchError } from '../../../main/contract/errors.ts';
import { fails } from '../../../main/contract/procedure.ts';
import { silentLogger } from '../../../main/logger/index.ts';
import {
  launchNodeProcess,
  servePort,
  SupervisedProcess,
  type ProcessExit,
  type ProcessState,
} from '../../../main/process/index.ts';
import { portPair } from '../../fixtures/port-pair.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

const contract = {
  echo: fails('INVALID_INPUT')
    .input(z.object({ text: z.string() }))
    .output(z.string()),
  hang: fails().output(z.void()),
  count: fails('ENGINE_BUSY').output(eventIterator(z.int())),
};
const os = implement(contract);
const router = os.router({
  echo: os.echo.handler(({ input }) => {
    if (input.text === 'bad') {
      throw new WorkbenchError('INVALID_INPUT', 'bad is not allowed', {
        action: 'Write good.',
        details: { text: 'bad' },
      });
    }
    if (input.text === 'bug') throw new TypeError('a bug');
    return input.text;
  }),
  hang: os.hang.handler(() => new Promise<void>(() => undefined)),
  count: os.count.handler(async function* () {
    yield 1;
    await Promise.resolve();
    throw new WorkbenchError('ENGINE_BUSY', 'busy at two', { action: 'Wait.' });
  }),
});

function start(restartDelaysMs: number[] = [5, 5]) {
  const states: ProcessState[] = [];
  const crashes: (() => void)[] = [];
  let launched = 0;
  const supervised = new SupervisedProcess<typeof contract>({
    name: 'engine',
    crashCode: 'ENGINE_CRASHED',
    logger: silentLogger,
    restartDelaysMs,
    onState: (state) => states.push(state),
    launch: () => {
      launched++;
      const pair = portPair();
      servePort(router, pair.right, silentLogger);
      let exit: (value: ProcessExit) => void = () => undefined;
      const exited = new Promise<ProcessExit>((resolve) => (exit = resolve));
      const end = (signal: string) => {
        pair.close();
        exit({ code: null, signal });
      };
      crashes.push(() => end('SIGSEGV'));
      return { port: pair.left, processId: 1_000 + launched, exited, kill: () => end('SIGKILL') };
    },
  });
  return { supervised, states, crash: () => crashes.at(-1)?.(), launched: () => launched };
}

test('calls, typed errors and broken streams cross the port', async () => {
  const { supervised } = start();
  const client = supervised.client();
  expect(await client.echo({ text: 'été' })).toBe('été');
  await expect(client.echo({ text: 'bad' })).rejects.toMatchObject({
    name: 'WorkbenchError',
    code: 'INVALID_INPUT',
    action: 'Write good.',
    details: { text: 'bad' },
  });
  await expect(client.echo({ text: 'bug' })).rejects.toMatchObject({ code: 'INTERNAL', message: 'a bug' });
  await expect(client.echo({ text: 7 } as never)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  const seen: number[] = [];
  const read = async () => {
    for await (const value of await client.count()) seen.push(value);
  };
  await expect(read()).rejects.toMatchObject({ code: 'ENGINE_BUSY', message: 'busy at two' });
  expect(seen).toEqual([1]);
});

test('a crash fails what is under way, and the process is started again', async () => {
  const { supervised, states, crash, launched } = start();
  const pending = supervised.client().hang();
  setImmediate(crash);
  await expect(pending).rejects.toMatchObject({ code: 'ENGINE_CRASHED' });
  await expect.poll(launched).toBe(2);
  expect(await supervised.client().echo({ text: 'again' })).toBe('again');
  expect(supervised.restarts).toBe(1);
  expect(states).toEqual(['running', 'restarting', 'running']);
});

test('an old client fails at once with the typed error; a new one works', async () => {
  const { supervised, crash, states } = start();
  const old = supervised.client();
  crash();
  await expect.poll(() => states).toContain('restarting');
  await expect(old.echo({ text: 'x' })).rejects.toMatchObject({ code: 'ENGINE_CRASHED' });
  expect(await supervised.client().echo({ text: 'x' })).toBe('x');
});

test('too many crashes in a row end the attempts, until someone asks again', async () => {
  const { supervised, states, crash, launched } = start([1, 1]);
  supervised.client();
  for (const count of [1, 2, 3]) {
    await expect.poll(launched).toBe(count);
    crash();
  }
  await expect.poll(() => states.at(-1)).toBe('failed');
  expect(launched()).toBe(3);
  expect(await supervised.client().echo({ text: 'x' })).toBe('x');
});

test('stopping is no crash', async () => {
  const { supervised, states, launched } = start();
  supervised.client();
  await supervised.stop();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect([states.at(-1), launched()]).toEqual(['stopped', 1]);
});

test('after stopping, nobody starts it again', async () => {
  const { supervised, launched } = start();
  supervised.client();
  const stopping = supervised.stop();
  expect(() => supervised.client()).toThrow(expect.objectContaining({ code: 'CANCELLED' }));
  await stopping;
  expect(() => supervised.client()).toThrow(expect.objectContaining({ code: 'CANCELLED' }));
  expect(launched()).toBe(1);
});

test('a process that cannot be started again is given up, and the workbench lives on', async () => {
  const states: ProcessState[] = [];
  let crash: () => void = () => undefined;
  const supervised = new SupervisedProcess<typeof contract>({
    name: 'engine',
    crashCode: 'ENGINE_CRASHED',
    logger: silentLogger,
    restartDelaysMs: [1],
    onState: (state) => states.push(state),
    launch: () => {
      if (states.length > 0) throw new Error('no more processes');
      const exited = new Promise<ProcessExit>((resolve) => (crash = () => resolve({ code: 1, signal: null })));
      return { port: portPair().left, processId: 1, exited, kill: crash };
    },
  });
  supervised.client();
  crash();
  await expect.poll(() => states).toEqual(['running', 'restarting', 'failed']);
});

const unresponsive = new WorkbenchError('ENGINE_CRASHED', 'It hung.', { action: 'Again.', details: { cause: 'hung' } });

test('replacing fails what is under way with its reason, and is no crash, however often', async () => {
  const { supervised, states, launched } = start([]);
  for (const count of [1, 2, 3]) {
    const pending = supervised.client().hang();
    expect(launched()).toBe(count);
    supervised.replace(unresponsive);
    await expect(pending).rejects.toMatchObject({ message: 'It hung.', details: { cause: 'hung' } });
    await expect.poll(launched).toBe(count + 1);
  }
  expect(await supervised.client().echo({ text: 'again' })).toBe('again');
  expect(supervised.restarts).toBe(3);
  expect(states).not.toContain('failed');
});

test('a process that cannot be killed is let go of', async () => {
  let launched = 0;
  const supervised = new SupervisedProcess<typeof contract>({
    name: 'engine',
    crashCode: 'ENGINE_CRASHED',
    logger: silentLogger,
    lingerMs: 20,
    onState: () => undefined,
    launch: () => {
      launched++;
      const pair = portPair();
      servePort(router, pair.right, silentLogger);
      return { port: pair.left, processId: launched, exited: new Promise(() => undefined), kill: () => undefined };
    },
  });
  const pending = supervised.client().hang();
  supervised.replace(unresponsive);
  await expect(pending).rejects.toMatchObject({ message: 'It hung.' });
  await expect.poll(() => launched).toBe(2);
  expect(await supervised.client().echo({ text: 'again' })).toBe('again');
});

test('after stopping, nothing is replaced', async () => {
  const { supervised, launched } = start();
  supervised.client();
  await supervised.stop();
  supervised.replace(unresponsive);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(launched()).toBe(1);
});

test.runIf(process.platform !== 'win32').each([
  ["process.kill(process.pid, 'SIGKILL')", { cause: 'killed', signal: 'SIGKILL' }],
  ["process.kill(process.pid, 'SIGSEGV')", { cause: 'native-crash', signal: 'SIGSEGV' }],
  ['process.abort()', { cause: 'aborted', signal: 'SIGABRT' }],
  ['process.exit(3)', { cause: 'exited', exitCode: 3 }],
])('a real process that ends with %s: the error says how', async (source, details) => {
  const module = join(temporaryFolder(), 'service.mjs');
  writeFileSync(module, `process.on('message', () => ${source})`);
  const supervised = new SupervisedProcess<typeof contract>({
    name: 'engine',
    crashCode: 'ENGINE_CRASHED',
    logger: silentLogger,
    onState: () => undefined,
    launch: launchNodeProcess({ engine: module, data: module, tokenizer: module, convert: module }, silentLogger),
  });
  await expect(supervised.client().hang()).rejects.toMatchObject({ code: 'ENGINE_CRASHED', details });
  await supervised.stop();
});
