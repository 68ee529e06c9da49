import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { datasetRouter } from '../../../../main/dataset/router.ts';
import type { Connection } from '../../../../renderer/connection/connection.ts';
import { DatasetState } from '../../../../renderer/dataset/dataset-state.svelte.ts';
import { testFolder } from '../../dataset/dataset-files.ts';

/** The real data process's router behind the state, in memory. */
function connect() {
  const recent = vi.fn(async () => [
    { path: '/sample.parquet', name: 'sample.parquet', byteLength: 1, embedded: true },
  ]);
  const { open, close, page, document, slice } = createRouterClient(datasetRouter());
  const dataset = { open, close, page, document, slice, recent };
  return { connection: { client: { dataset } } as unknown as Connection, recent };
}

function memoryStorage(): Storage {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  } as unknown as Storage;
}

const states: DatasetState[] = [];
afterEach(async () => {
  for (const state of states.splice(0)) await state.close();
});

function makeState(...options: ConstructorParameters<typeof DatasetState>): DatasetState {
  const state = new DatasetState(...options);
  states.push(state);
  return state;
}

const noFile = () => Promise.reject(new Error('no file is picked in this test'));

describe('DatasetState', () => {
  const folder = testFolder();
  let storage = memoryStorage();
  beforeEach(() => {
    storage = memoryStorage();
  });

  const rows = (count: number) =>
    Array.from({ length: count }, (_, row) => JSON.stringify({ text: `text ${row}` })).join('\n');

  it('opens a file, shows the page of the selected row and reads its document', async () => {
    const state = makeState(connect().connection, noFile, storage);
    await state.open(await folder.write('rows.jsonl', rows(130)), 70);
    const view = state.view;
    await expect.poll(() => view?.reader.text).toBe('text 70');
    expect(view?.pages.page?.rows.map(({ row }) => row)).toEqual(Array.from({ length: 50 }, (_, index) => 50 + index));
    view?.select(1_000);
    expect(view?.row).toBe(129);
    await expect.poll(() => view?.reader.document?.row).toBe(129);
    expect(view?.pages.page?.rows).toHaveLength(30);
    expect(view?.pages.firstLoaded?.offset).toBe(50);
  });

  it('reads only the last of the rows that are passed quickly', async () => {
    const { connection } = connect();
    const state = makeState(connection, noFile, storage);
    await state.open(await folder.write('quick.jsonl', rows(40)));
    const read = vi.spyOn(connection.client.dataset, 'document');
    for (let row = 1; row <= 30; row++) state.view?.select(row);
    await expect.poll(() => state.view?.reader.text).toBe('text 30');
    expect(read.mock.calls.length).toBeLessThanOrEqual(1);
  });

  it('loads a very long text in parts, by code points', async () => {
    const text = '😀é'.repeat(700_000);
    const state = makeState(connect().connection, noFile, storage);
    await state.open(await folder.write('long.jsonl', JSON.stringify({ text })));
    const reader = state.view?.reader;
    await expect.poll(() => reader?.loadedCharacters).toBe(200_000);
    await reader?.readMore();
    expect(reader?.loadedCharacters).toBe(1_200_000);
    await reader?.readMore();
    expect(reader?.loadedCharacters).toBe(1_400_000);
    expect(reader?.text === text).toBe(true);
  });

  it('keeps the error of a file that cannot be opened, the list with it, and tries again', async () => {
    const { connection, recent } = connect();
    const state = makeState(connection, noFile, storage);
    await state.start();
    expect(state.recent).toHaveLength(1);
    const path = folder.path('later.jsonl');
    await state.open(path);
    expect(state.error).toMatchObject({ code: 'FILE_NOT_FOUND', details: { path } });
    expect(state.opening).toBeNull();
    await folder.write('later.jsonl', rows(1));
    state.retry();
    await expect.poll(() => state.view?.dataset.rowCount).toBe(1);
    expect(state.error).toBeNull();
    expect(recent).toHaveBeenCalledOnce();
  });

  it('comes back to the same row after a reload, and forgets a file that is gone', async () => {
    const path = await folder.write('place.jsonl', rows(80));
    const first = makeState(connect().connection, noFile, storage);
    await first.open(path);
    first.view?.select(66);
    const reloaded = makeState(connect().connection, noFile, storage);
    await reloaded.start();
    expect(reloaded.view?.row).toBe(66);
    await reloaded.close();
    const closed = makeState(connect().connection, noFile, storage);
    await closed.start();
    expect(closed.view).toBeNull();

    storage.setItem('lucie-dataset', JSON.stringify({ path: '/gone.jsonl', row: 2 }));
    const gone = makeState(connect().connection, noFile, storage);
    await gone.start();
    expect(gone.error?.code).toBe('FILE_NOT_FOUND');
    expect(gone.recent).toHaveLength(1);
    expect(storage.getItem('lucie-dataset')).toBeNull();
  });

  it('opens a dropped file by the path that the host gives', async () => {
    const path = await folder.write('dropped.csv', 'a,b\n1,2\n');
    const state = makeState(connect().connection, (file) => Promise.resolve(folder.path(file.name)), storage);
    await state.openFile(new File(['a,b\n1,2\n'], 'dropped.csv'));
    expect(state.view?.dataset.path).toBe(path);
  });
});
