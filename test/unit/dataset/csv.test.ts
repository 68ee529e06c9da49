import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { OpenDatasets } from '../../../main/dataset/open-datasets.ts';
import { failure, testFolder } from './dataset-files.ts';

describe('a CSV dataset', () => {
  const folder = testFolder();
  const datasets = new OpenDatasets();

  const read = async (name: string, content: string | Uint8Array) => {
    const { id, columns } = await datasets.open(await folder.write(name, content));
    const { rows } = await datasets.page(id, 0, 500, 2_000);
    return [
      columns.map((column) => column.name),
      ...rows.map(({ cells }) => cells.map((cell) => cell?.preview ?? null)),
    ];
  };

  it('reads quotes, newlines in quotes, and tells empty from missing', async () => {
    const content = 'id,text,note\r\n1,"a ""quoted"" word,\nand a new line",""\r\n2,5" pipe,\r\n3\r\n\r\n';
    expect(await read('quotes.csv', content)).toEqual([
      ['id', 'text', 'note'],
      ['1', 'a "quoted" word,\nand a new line', ''],
      ['2', '5" pipe', null],
      ['3', null, null],
    ]);
  });

  it('finds the separator in the first line, and takes tabs for .tsv', async () => {
    expect(await read('semicolon.csv', 'nom;texte\nA;bonjour, toi\n')).toEqual([
      ['nom', 'texte'],
      ['A', 'bonjour, toi'],
    ]);
    expect(await read('quoted.csv', '"a,b,c";d\n1;2\n')).toEqual([
      ['a,b,c', 'd'],
      ['1', '2'],
    ]);
    expect(await read('tabs.tsv', 'a,b\tc\n1,2\t3\n')).toEqual([
      ['a,b', 'c'],
      ['1,2', '3'],
    ]);
    expect(await read('one.csv', '\ufefftitle\nhello world\n')).toEqual([['title'], ['hello world']]);
    expect(await read('packed.csv.gz', gzipSync('a,b\n1,é\n'))).toEqual([
      ['a', 'b'],
      ['1', 'é'],
    ]);
  });

  it('drops no line and no character that does not fit', async () => {
    expect(await read('stray.csv', 'a,b\n"x"y,z\n')).toEqual([
      ['a', 'b'],
      ['xy', 'z'],
    ]);
    expect(await read('names.csv', 'a,a,,\n1,2,3,4\n')).toEqual([
      ['a', 'a (2)', 'column 3', 'column 4'],
      ['1', '2', '3', '4'],
    ]);
    expect(await read('header only.csv', 'a,b\n')).toEqual([['a', 'b']]);
  });

  it('names the line with too many fields, or with a quote that stays open', async () => {
    const wide = await folder.write('wide.csv', 'a,b\n"1\n1",2\n1,2,3\n');
    expect(await failure(datasets.open(wide))).toMatchObject({
      code: 'FILE_CORRUPT',
      details: { reason: 'csv-too-many-fields', line: 4, expected: 2, found: 3 },
    });
    const open = await folder.write('open.csv', 'a,b\n1,"abc\n2,3\n');
    expect(await failure(datasets.open(open))).toMatchObject({
      code: 'FILE_CORRUPT',
      details: { reason: 'csv-open-quote', line: 2 },
    });
  });

  it('refuses a record of 50 MB', async () => {
    const path = await folder.write('long.csv', `a,b\n1,"${'y\n'.repeat(25_000_000)}"\n2,x\n`);
    expect(await failure(datasets.open(path))).toMatchObject({ code: 'LINE_TOO_LONG', details: { line: 2 } });
  });

  it('finds any row of many, also where records span lines', async () => {
    const rows = Array.from({ length: 20_000 }, (_, row) => `${row},"line one\nline two ${'z'.repeat(row % 50)}"`);
    const { id, rowCount } = await datasets.open(await folder.write('many.csv', `id,text\n${rows.join('\n')}\n`));
    expect(rowCount).toBe(20_000);
    for (const offset of [19_990, 7_001, 0]) {
      const page = await datasets.page(id, offset, 10, 20);
      expect(page.rows.map(({ cells }) => cells[0]?.preview)).toEqual(page.rows.map(({ row }) => String(row)));
    }
  });

  it('keeps a byte order mark out of a quoted first name that goes over two lines', async () => {
    expect(await read('mark.csv', '\ufeff"a\nx";b\n1;2\n')).toEqual([
      ['a\nx', 'b'],
      ['1', '2'],
    ]);
  });

  it('names ten thousand columns of the same name apart, at once', async () => {
    const begun = performance.now();
    const [names] = await read('same.csv', `${Array<string>(10_000).fill('a').join(',')}\n`);
    expect(new Set(names).size).toBe(10_000);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});
