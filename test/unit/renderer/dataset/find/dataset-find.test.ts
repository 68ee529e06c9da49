import { createRouterClient } from '@orpc/server';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Dataset } from '../../../../../main/contract/dataset.ts';
import { datasetRouter } from '../../../../../main/dataset/router.ts';
import type { Connection } from '../../../../../renderer/connection/connection.ts';
import { DatasetFind } from '../../../../../renderer/dataset/find/dataset-find.svelte.ts';
import { unitRanges } from '../../../../../renderer/dataset/find/unit-ranges.ts';
import { testFolder } from '../../../dataset/dataset-files.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

describe('DatasetFind', () => {
  const folder = testFolder();

  /** The real data process's router behind the state, in memory. */
  async function setUp(rows: readonly object[], { isOpen = true } = {}) {
    const client = createRouterClient(datasetRouter());
    const lines = rows.map((row) => JSON.stringify(row)).join('\n');
    const dataset = await client.open({ path: await folder.write('find.jsonl', lines) });
    closing.push(() => client.close({ datasetId: dataset.id }));
    const open: { dataset: Dataset | null } = { dataset: isOpen ? dataset : null };
    const show = vi.fn();
    const connection = { client: { dataset: client } } as unknown as Connection;
    const find = new DatasetFind(connection, { dataset: () => open.dataset, show });
    return { find, show, open, dataset };
  }

  const finished = async (find: DatasetFind) => expect.poll(() => find.isRunning).toBe(false);

  it('finds, shows the first place, and goes from place to place and round', async () => {
    const { find, show } = await setUp([{ text: 'un été, des étés' }, { text: 'hiver' }, { text: 'ÉTÉ' }]);
    find.write('ete');
    find.start();
    await finished(find);
    expect(find.hits.map(({ row }) => row)).toEqual([0, 2]);
    expect({ nextRow: find.nextRow, rowsRead: find.rowsRead }).toEqual({ nextRow: null, rowsRead: 3 });
    find.step(1);
    find.step(1);
    find.step(1);
    find.step(-1);
    const shown = show.mock.calls.map(([hit, place]) => [hit.row, place.start]);
    expect(shown).toEqual([
      [0, 3],
      [0, 12],
      [2, 0],
      [0, 3],
      [2, 0],
    ]);
  });

  it('goes on where two hundred rows were found, without finding one twice', async () => {
    const { find } = await setUp(Array.from({ length: 450 }, (_, row) => ({ text: `ligne ${row}` })));
    find.write('ligne');
    find.start();
    await finished(find);
    expect({ hits: find.hits.length, nextRow: find.nextRow }).toEqual({ hits: 200, nextRow: 200 });
    find.goOn();
    await finished(find);
    find.goOn();
    await finished(find);
    expect(find.hits.map(({ row }) => row)).toEqual(Array.from({ length: 450 }, (_, row) => row));
    expect(find.nextRow).toBeNull();
  });

  it('keeps what is to be found until a dataset is opened', async () => {
    const { find, open, dataset } = await setUp([{ text: 'La mer est haute.' }], { isOpen: false });
    find.ask('  la\nmer ');
    expect({ query: find.query, isWaiting: find.isWaiting, asked: find.asked }).toEqual({
      query: 'la mer',
      isWaiting: true,
      asked: null,
    });
    open.dataset = dataset;
    find.datasetShown();
    await finished(find);
    expect(find.hits).toHaveLength(1);
    open.dataset = { ...dataset, id: 'another' };
    find.datasetShown();
    expect(find.asked).toBeNull();
  });

  it('searches one column or all of them, and tells what goes wrong', async () => {
    const { find, open, dataset } = await setUp([{ titre: 'Été', text: 'rien' }]);
    find.write('été');
    find.start();
    await finished(find);
    expect(find.hits).toEqual([]);
    find.searchEveryColumn(true);
    await finished(find);
    expect(find.hits).toMatchObject([{ column: 'titre' }]);
    open.dataset = { ...dataset, id: 'gone' };
    find.start();
    await finished(find);
    expect(find.error?.code).toBe('DATASET_NOT_OPEN');
  });
});

it('unitRanges counts characters outside the basic plane as one, and leaves out what is not loaded', () => {
  const text = '😀a😀bc';
  const ranges = unitRanges(text, [
    { start: 1, length: 2 },
    { start: 3, length: 1 },
    { start: 4, length: 9 },
  ]);
  expect(ranges.map(({ start, end }) => text.slice(start, end))).toEqual(['a😀', 'b']);
});
