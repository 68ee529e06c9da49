import { setTimeout as pause } from 'node:timers/promises';
import { ORPCError } from '@orpc/client';
import { os } from '@orpc/server';
import { expect, test } from 'vitest';
import { silentLogger } from '../../../main/logger/index.ts';
import { connectPort, servePort, serverInterceptors, type ProcessPort } from '../../../main/process/index.ts';

class ClientLeft extends Error {
  override readonly name = 'AbortError';
}

test.each([
  ['a caller that went away', new ClientLeft('gone'), 'debug', 'CANCELLED'],
  ['a bug', new TypeError('a bug'), 'warn', 'INTERNAL'],
])('%s is logged at its level and leaves with its code', async (_name, thrown, level, code) => {
  const lines: unknown[] = [];
  const [intercept] = serverInterceptors({ log: (...line) => void lines.push(line) });
  const call = intercept?.({ path: ['settings', 'watch'], next: () => Promise.reject(thrown) });
  await expect(call).rejects.toEqual(expect.objectContaining({ code }));
  await expect(call).rejects.toBeInstanceOf(ORPCError);
  expect(lines).toEqual([[level, 'settings.watch failed', { error: thrown }]]);
});

test('an abort that arrives together with its request ends it', async () => {
  const waiting: unknown[] = [];
  let deliver: (message: unknown) => void = () => undefined;
  const server: ProcessPort = {
    postMessage: () => undefined,
    on: (event, listener) => {
      if (event === 'message') deliver = (data) => listener({ data });
    },
  };
  const client: ProcessPort = { postMessage: (message) => void waiting.push(message), on: () => undefined };
  const aborted: boolean[] = [];
  const work = os.handler(async ({ signal }) => {
    await pause(1);
    aborted.push(signal?.aborted === true);
  });
  servePort({ work }, server, silentLogger);

  const cancel = new AbortController();
  const { work: call } = connectPort<{ work: typeof work }>(client, () => new TypeError('closed') as never);
  const ended = expect(call(undefined, { signal: cancel.signal })).rejects.toThrow();
  await pause(1);
  cancel.abort();
  await ended;
  expect(waiting).toHaveLength(2);
  // What a process finds that was at work meanwhile.
  for (const message of waiting) deliver(message);
  await expect.poll(() => aborted).toEqual([true]);
});
