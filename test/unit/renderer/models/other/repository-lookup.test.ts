import { ORPCError } from '@orpc/client';
import { expect, test, vi } from 'vitest';
import type { RepositoryDescription } from '../../../../../main/contract/model-family.ts';
import type { Connection } from '../../../../../renderer/connection/connection.ts';
import { RepositoryLookup } from '../../../../../renderer/models/other/repository-lookup.svelte.ts';

const found = (repository: string) => ({ repository, form: 'onnx' }) as RepositoryDescription;

function open() {
  const inspect = vi.fn<(input: object, options: { signal: AbortSignal }) => Promise<RepositoryDescription>>();
  const connection = { client: { models: { inspect } } } as unknown as Connection;
  return { inspect, lookup: new RepositoryLookup(connection) };
}

test('shows what was found, or why nothing was', async () => {
  const { inspect, lookup } = open();
  await lookup.run();
  expect(inspect).not.toHaveBeenCalled();
  inspect.mockResolvedValueOnce(found('a/b'));
  lookup.text = 'a/b@v2';
  const run = lookup.run();
  expect(lookup.isPending).toBe(true);
  await run;
  expect(inspect.mock.calls[0]?.[0]).toEqual({ repository: 'a/b', revision: 'v2' });
  expect(lookup.description?.repository).toBe('a/b');
  inspect.mockRejectedValueOnce(new ORPCError('HUB_NOT_FOUND', { message: 'no' }));
  await lookup.run();
  expect([lookup.description, lookup.error?.code, lookup.isPending]).toEqual([null, 'HUB_NOT_FOUND', false]);
});

test('a later search wins over an earlier one, however late that answers', async () => {
  const { inspect, lookup } = open();
  const late = Promise.withResolvers<RepositoryDescription>();
  inspect.mockReturnValueOnce(late.promise).mockResolvedValueOnce(found('c/d'));
  lookup.text = 'a/b';
  const first = lookup.run();
  lookup.text = 'c/d';
  await lookup.run();
  expect(inspect.mock.calls[0]?.[1].signal.aborted).toBe(true);
  late.resolve(found('a/b'));
  await first;
  expect(lookup.description?.repository).toBe('c/d');
  expect(lookup.isPending).toBe(false);
});
