import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { OpenDatasets } from '../../../main/dataset/open-datasets.ts';
import { failure, testFolder } from './dataset-files.ts';

const lucieColumns = 'source id language date author url title extra quality_signals text'.split(' ');

describe('a parquet dataset', () => {
  const folder = testFolder();
  const datasets = new OpenDatasets();

  it('is paged in file order over several row groups', async () => {
    const texts = Array.from({ length: 1_000 }, (_, row) => `row ${row} ${'x'.repeat(row % 40)}`);
    const path = await folder.parquet('groups.parquet', { id: texts.map((_, row) => String(row)), text: texts }, 64);
    const { id, rowCount, columns, textColumn } = await datasets.open(path);
    expect({ rowCount, textColumn, names: columns.map(({ name }) => name) }).toEqual({
      rowCount: 1_000,
      textColumn: 'text',
      names: ['id', 'text'],
    });

    const page = await datasets.page(id, 60, 10, 5);
    expect(page.rows.map(({ row }) => row)).toEqual([60, 61, 62, 63, 64, 65, 66, 67, 68, 69]);
    expect(page.rows.map(({ cells }) => cells[0]?.preview)).toEqual(page.rows.map(({ row }) => String(row)));
    expect(page.rows[4]?.cells[1]).toEqual({ preview: 'row 6', characterCount: (texts[64] ?? '').length });

    const seen: (string | undefined)[] = [];
    for (let offset = 0; offset < rowCount; offset += 300) {
      const { rows } = await datasets.page(id, offset, 300, 100);
      seen.push(...rows.map(({ cells }) => cells[1]?.preview));
    }
    expect(seen).toEqual(texts);
    expect((await datasets.page(id, 995, 50, 10)).rows).toHaveLength(5);
    expect((await datasets.page(id, 5_000, 50, 10)).rows).toEqual([]);
  });

  it('gives a document with its metadata, and slices by code points over characters outside the basic plane', async () => {
    const text = `a😀b🇫🇷${'é'.repeat(10)}fin`;
    const path = await folder.parquet('astral.parquet', { title: ['Un titre'], text: [text] });
    const { id } = await datasets.open(path);
    const document = await datasets.document(id, 0, null, 4);
    expect(document).toEqual({
      row: 0,
      column: 'text',
      characterCount: [...text].length,
      text: 'a😀b🇫',
      metadata: [{ name: 'title', value: 'Un titre', truncated: false }],
    });
    expect(await datasets.slice(id, 0, 'text', 1, 3)).toEqual({ text: '😀b🇫' });
    expect(await datasets.slice(id, 0, 'text', [...text].length - 3, 100)).toEqual({ text: 'fin' });
    expect(await datasets.slice(id, 0, 'text', 500, 10)).toEqual({ text: '' });
    expect((await datasets.document(id, 0, 'title', 100)).text).toBe('Un titre');
  });

  it('truncates long metadata and says so', async () => {
    const path = await folder.parquet('metadata.parquet', { extra: ['y'.repeat(30_000)], text: ['short'] });
    const { id } = await datasets.open(path);
    const { metadata } = await datasets.document(id, 0, null, 100);
    expect(metadata).toEqual([{ name: 'extra', value: 'y'.repeat(20_000), truncated: true }]);
  });

  it('shows nested values as JSON, missing ones as null and every other type as text', async () => {
    const path = await folder.parquetFromSql(
      'types.parquet',
      `SELECT [1, 2] AS list, {'a': 'b', 'c': [true]} AS struct, map {'k': 1} AS map, NULL::VARCHAR AS missing, '' AS empty,
       1234567890123456789::BIGINT AS large, DATE '2024-02-29' AS day, 1.50::DECIMAL(4, 2) AS price, 'x'::BLOB AS "a ""quoted"" name"`,
    );
    const { id, columns } = await datasets.open(path);
    const page = await datasets.page(id, 0, 1, 100);
    const cells = Object.fromEntries(
      columns.map(({ name }, index) => [name, page.rows[0]?.cells[index]?.preview ?? null]),
    );
    expect(cells).toEqual({
      list: '[1,2]',
      struct: '{"a":"b","c":[true]}',
      map: '{"k":1}',
      missing: null,
      empty: '',
      large: '1234567890123456789',
      day: '2024-02-29',
      price: '1.50',
      'a "quoted" name': 'x',
    });
    expect(page.rows[0]?.cells[4]).toEqual({ preview: '', characterCount: 0 });
  });

  it("recognises Lucie's layout, and only that", async () => {
    const lucie = Object.fromEntries(lucieColumns.map((name) => [name, ['']]));
    const { source: _, ...incomplete } = lucie;
    expect((await datasets.open(await folder.parquet('lucie.parquet', lucie))).isLucieLayout).toBe(true);
    expect((await datasets.open(await folder.parquet('almost.parquet', incomplete))).isLucieLayout).toBe(false);
    const typed = `SELECT ${lucieColumns.map((name) => (name === 'date' ? `DATE '2024-01-01' AS date` : `'' AS ${name}`)).join(', ')}`;
    expect((await datasets.open(await folder.parquetFromSql('typed.parquet', typed))).isLucieLayout).toBe(false);
  });

  it('reads the longest column where there is no text column', async () => {
    const path = await folder.parquet('named.parquet', {
      a: ['1', '2'],
      content: ['long text', 'longer text'],
      b: ['', ''],
    });
    expect((await datasets.open(path)).textColumn).toBe('content');
  });

  it.each(["l'été [1] *?.parquet", 'a{1,2}.parquet', 'k=v.parquet', 'sans extension'])(
    'reads the very file named %s',
    async (name) => {
      await folder.parquet('lété 1 ab.parquet', { text: ['another file'] });
      const { id } = await datasets.open(await folder.parquet(name, { text: [name] }));
      expect((await datasets.page(id, 0, 5, 100)).rows.map(({ cells }) => cells[0]?.preview)).toEqual([name]);
    },
  );

  it('reads a file that has a column with the name of the row number', async () => {
    const select = `SELECT 100 - range AS file_row_number, 'row ' || range AS text FROM range(100)`;
    const { id, columns } = await datasets.open(await folder.parquetFromSql('numbered.parquet', select));
    expect(columns.map(({ name }) => name)).toEqual(['file_row_number', 'text']);
    const { rows } = await datasets.page(id, 98, 5, 100);
    expect(rows.map(({ cells }) => cells.map((cell) => cell?.preview))).toEqual([
      ['2', 'row 98'],
      ['1', 'row 99'],
    ]);
  });

  it('reads more columns than are asked of DuckDB at once', async () => {
    const columns = Array.from({ length: 1_203 }, (_, index) => `'${index}' AS c${index}`);
    const { id } = await datasets.open(await folder.parquetFromSql('wide.parquet', `SELECT ${columns.join(', ')}`));
    const { rows } = await datasets.page(id, 0, 5, 100);
    expect(rows.map(({ cells }) => cells.map((cell) => cell?.preview))).toEqual([
      columns.map((_, index) => `${index}`),
    ]);
  });

  it('says when the file is damaged, and where that shows', async () => {
    const texts = Array.from({ length: 500 }, (_, row) => `${row} ${Math.sin(row)}`);
    const whole = await readFile(await folder.parquet('whole.parquet', { text: texts }));
    const truncated = await folder.write('truncated.parquet', whole.subarray(0, whole.length - 100));
    expect(await failure(datasets.open(truncated))).toMatchObject({
      code: 'FILE_CORRUPT',
      details: { reason: 'parquet-truncated', byteLength: whole.length - 100 },
    });
    const noFooter = Buffer.concat([whole.subarray(0, 40), Buffer.from([200, 0, 0, 0]), Buffer.from('PAR1')]);
    expect(await failure(datasets.open(await folder.write('footer.parquet', noFooter)))).toMatchObject({
      code: 'FILE_CORRUPT',
    });

    const damaged = Buffer.from(whole);
    damaged.fill(0xaa, 4, 1_500);
    const { id } = await datasets.open(await folder.write('damaged.parquet', damaged));
    expect(await failure(datasets.page(id, 0, 50, 100))).toMatchObject({
      code: 'FILE_CORRUPT',
      details: { reason: 'parquet-invalid' },
    });
  });
});
