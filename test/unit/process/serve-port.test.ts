import { ORPCError } from '@orpc/client';
import { expect, test } from 'vitest';
import { serverInterceptors } from '../../../main/process/index.ts';

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
