import { ORPCError } from '@orpc/client';
import { expect, test, vi } from 'vitest';
import type { Connection } from '../../../../renderer/connection/connection.ts';
import { Catalogue } from '../../../../renderer/models/catalogue.svelte.ts';
import { aModel } from './a-job.ts';

function open() {
  const models = { list: vi.fn(async () => [aModel()]), load: vi.fn(), unload: vi.fn(), remove: vi.fn() };
  const removed = vi.fn();
  const catalogue = new Catalogue({ client: { models } } as unknown as Connection, removed);
  return { models, removed, catalogue };
}

test('a deleted model is gone from the list before anybody is told', async () => {
  const { models, removed, catalogue } = open();
  await catalogue.refresh();
  models.list.mockResolvedValueOnce([]);
  removed.mockImplementation(() => expect(catalogue.models).toEqual([]));
  const removing = catalogue.remove('x');
  expect(catalogue.removingId).toBe('x');
  expect(await catalogue.remove('y')).toBe(false);
  expect(await removing).toBe(true);
  expect(models.remove.mock.calls).toEqual([[{ id: 'x' }]]);
  expect(removed).toHaveBeenCalledTimes(1);
  expect(catalogue.removingId).toBeNull();
});

test('what did not work is said on its model, until something else is tried', async () => {
  const { models, removed, catalogue } = open();
  models.remove.mockRejectedValueOnce(new ORPCError('FOLDER_BUSY', { message: 'busy' }));
  expect(await catalogue.remove('x')).toBe(false);
  expect(catalogue.modelError).toMatchObject({ id: 'x', report: { code: 'FOLDER_BUSY' } });
  expect(removed).not.toHaveBeenCalled();
  await catalogue.load('y');
  expect(catalogue.modelError).toBeNull();
  models.unload.mockRejectedValueOnce(new ORPCError('ENGINE_BUSY', { message: 'busy' }));
  await catalogue.unload();
  expect(catalogue.unloadError?.code).toBe('ENGINE_BUSY');
  await catalogue.unload();
  expect([catalogue.unloadError, catalogue.isUnloading]).toEqual([null, false]);
});
