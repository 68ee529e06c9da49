import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { FindEvent, FindInput, RowHit } from '../../../../main/contract/dataset-find.ts';
import { foldText } from '../../../../main/contract/folded-text.ts';
import { findInValue } from '../../../../main/dataset/find/folded-places.ts';
import { OpenDatasets } from '../../../../main/dataset/open-datasets.ts';
import { failure, testFolder } from '../dataset-files.ts';

/** 5,000 rows, more than two of DuckDB's chunks; every 700th says `Été`. */
const texts = Array.from({ length: 5_000 }, (_, row) =>
  row % 700 === 3 ? `Ligne ${row} : l’Été dernier, puis un\u00a0été.` : `Ligne ${row}`,
);
const authors = texts.map((_, row) => (row === 10 ? 'Mme Été' : 'anonyme'));
const expectedRows = texts.flatMap((text, row) => (text.includes('Été') ? [row] : []));

describe('find', () => {
  const folder = testFolder();
  const datasets = new OpenDatasets();
  const opened: string[] = [];
  afterAll(async () => {
    for (const id of opened) await datasets.close(id);
  });

  async function open(path: string): Promise<string> {
    const { id } = await datasets.open(path);
    opened.push(id);
    return id;
  }

  async function find(datasetId: string, input: Partial<FindInput>): Promise<{ hits: RowHit[]; end: FindEvent }> {
    const request = { datasetId, text: 'été', column: 'text', from: 0, limit: 200, ...input };
    const events: FindEvent[] = [];
    for await (const event of await datasets.find(request)) events.push(event);
    const hits = events.flatMap((event) => (event.type === 'hit' ? [event.hit] : []));
    const end = events.at(-1);
    if (end?.type !== 'end') throw new Error('the search had no end');
    return { hits, end };
  }

  const jsonl = texts.map((text, row) => JSON.stringify({ author: authors[row], text })).join('\n');
  const csv = ['author,text', ...texts.map((text, row) => `"${authors[row]}","${text}"`)].join('\n');

  it.each([
    ['parquet', () => folder.parquet('find.parquet', { author: authors, text: texts }, 1_000)],
    [
      'parquet with a column named as the row number',
      () => folder.parquet('named.parquet', { file_row_number: authors, text: texts }, 1_000),
    ],
    ['JSON lines', () => folder.write('find.jsonl', jsonl)],
    ['packed JSON lines', () => folder.write('find.jsonl.gz', gzipSync(jsonl))],
    ['CSV', () => folder.write('find.csv', csv)],
  ] as const)('%s: finds every row, goes on from any of them, and says how far it read', async (_name, write) => {
    const id = await open(await write());
    const all = await find(id, {});
    expect(all.hits.map(({ row }) => row)).toEqual(expectedRows);
    const characters = texts.reduce((sum, text) => sum + text.length, 0);
    expect(all.end).toEqual({ type: 'end', rows: 5_000, characters, nextRow: null });
    expect(all.hits[0]).toMatchObject({
      column: 'text',
      excerpt: { before: 'Ligne 3 : l’', match: 'Été', after: ' dernier, puis un été.' },
      places: [
        { start: 12, length: 3 },
        { start: 33, length: 3 },
      ],
      placeCount: 2,
    });

    const first = await find(id, { limit: 2 });
    expect(first.hits.map(({ row }) => row)).toEqual(expectedRows.slice(0, 2));
    expect(first.end).toMatchObject({ nextRow: 704, rows: 704 });
    const rest = await find(id, { from: 704 });
    expect([...first.hits, ...rest.hits]).toEqual(all.hits);
    expect((await find(id, { from: 9_999 })).end).toMatchObject({ rows: 0, nextRow: null });
  });

  it('finds in every column where none is named, and says in which', async () => {
    const id = await open(await folder.write('all.jsonl', jsonl));
    const { hits } = await find(id, { column: null, text: 'ETE' });
    expect(hits.map(({ row }) => row)).toEqual([...expectedRows, 10].sort((a, b) => a - b));
    expect(hits.find(({ row }) => row === 10)).toMatchObject({ column: 'author' });
  });

  it('finds in values that are no text, as they are shown, and not in missing ones', async () => {
    const select = `SELECT 'x' AS text, [1, 22] AS numbers, NULL::VARCHAR AS nothing UNION ALL SELECT 'y', [3], 'null'`;
    const id = await open(await folder.parquetFromSql('types.parquet', select));
    expect((await find(id, { column: 'numbers', text: '22' })).hits.map(({ row }) => row)).toEqual([0]);
    expect((await find(id, { column: 'nothing', text: 'null' })).hits.map(({ row }) => row)).toEqual([1]);
  });

  it('reads pages while a search is under way, and stops where the reader goes away or the dataset is closed', async () => {
    const id = await open(await folder.parquet('busy.parquet', { text: texts }, 1_000));
    const events = await datasets.find({ datasetId: id, text: 'ligne', column: 'text', from: 0, limit: 1_000 });
    expect((await events.next()).value).toMatchObject({ type: 'hit' });
    expect((await datasets.page(id, 4_000, 1, 20)).rows).toHaveLength(1);
    expect((await events.next()).value).toMatchObject({ hit: { row: 1 } });
    const other = await datasets.find({ datasetId: id, text: 'ligne', column: 'text', from: 0, limit: 1_000 });
    await other.next();
    await other.return(undefined);
    const closing = datasets.close(id);
    expect(await failure(events.next())).toMatchObject({ name: 'AbortError' });
    await closing;
  });

  it('fails at once where the dataset or the column is not there', async () => {
    const id = await open(await folder.write('few.jsonl', '{"text":"a"}\n'));
    const input = { datasetId: id, text: 'a', column: 'titre', from: 0, limit: 1 };
    expect(await failure(datasets.find(input))).toMatchObject({ code: 'COLUMN_NOT_FOUND' });
    expect(await failure(datasets.find({ ...input, datasetId: 'x' }))).toMatchObject({ code: 'DATASET_NOT_OPEN' });
    await folder.write('few.jsonl', '{"text":"changed"}\n');
    expect(await failure(datasets.find({ ...input, column: 'text' }))).toMatchObject({ code: 'FILE_CORRUPT' });
  });
});

describe('findInValue', () => {
  it('tells places that hold the text, all that a plain search of the folded text finds', () => {
    const letters = fc.constantFrom('e', 'é', 'E\u0301', 'œ', 'oe', ' ', '\u00a0', '😀', 'a', '\n');
    const value = fc.array(letters, { maxLength: 40 }).map((parts) => parts.join(''));
    const wanted = fc.constantFrom('e', 'oe', 'ee', 'a e', '😀');
    fc.assert(
      fc.property(value, wanted, (text, word) => {
        const found = findInValue(text, foldText(word));
        const count = foldText(text).split(foldText(word)).length - 1;
        expect(found?.placeCount ?? 0).toBe(count);
        const points = [...text];
        for (const { start, length } of found?.places ?? []) {
          expect(foldText(points.slice(start, start + length).join(''))).toContain(foldText(word));
        }
      }),
    );
  });

  it('keeps the excerpt short and on one line', () => {
    const found = findInValue(`${'x\n'.repeat(500)}mot${' y'.repeat(500)}`, 'mot');
    expect(found?.excerpt.match).toBe('mot');
    expect(found?.excerpt.before).toMatch(/^…x?( x)+ $/);
    expect(found?.excerpt.after.length).toBeLessThan(90);
  });

  it('tells a hundred places and counts all', () => {
    const found = findInValue('mot '.repeat(1_000), 'mot');
    expect(found?.places).toHaveLength(100);
    expect(found?.placeCount).toBe(1_000);
  });
});
