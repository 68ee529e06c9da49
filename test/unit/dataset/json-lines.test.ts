import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { OpenDatasets } from '../../../main/dataset/open-datasets.ts';
import { failure, testFolder } from './dataset-files.ts';

describe('a JSON lines dataset', () => {
  const folder = testFolder();
  const datasets = new OpenDatasets();

  const previews = async (path: string) => {
    const { id, columns } = await datasets.open(path);
    const { rows } = await datasets.page(id, 0, 500, 2_000);
    return { columns, cells: rows.map(({ cells }) => cells.map((cell) => cell?.preview ?? null)) };
  };

  it('has every key of the file as a column, and keeps values as they are written', async () => {
    const path = await folder.write(
      'keys.jsonl',
      '{"id": -8403949827142368011, "text": "un"}\r\n\n{"text": "deux", "extra": {"b": [1.0, 12345678901234567890], "a": null}}\n{"text": null, "id": "x", "ok": true}',
    );
    const { columns, cells } = await previews(path);
    expect(columns).toEqual([
      { name: 'id', type: 'number | string' },
      { name: 'text', type: 'string' },
      { name: 'extra', type: 'object' },
      { name: 'ok', type: 'boolean' },
    ]);
    expect(cells).toEqual([
      ['-8403949827142368011', 'un', null, null],
      [null, 'deux', '{"b":[1.0,12345678901234567890],"a":null}', null],
      ['x', null, null, 'true'],
    ]);
  });

  it('counts and slices in code points', async () => {
    const text = `😀é${'𝔘'.repeat(5)}z`;
    const { id } = await datasets.open(await folder.write('astral.ndjson', JSON.stringify({ text })));
    expect(await datasets.document(id, 0, null, 3)).toMatchObject({ characterCount: 8, text: '😀é𝔘' });
    expect(await datasets.slice(id, 0, 'text', 6, 5)).toEqual({ text: '𝔘z' });
  });

  it('replaces half a surrogate pair, drops a byte order mark, and knows __proto__ as a key', async () => {
    const path = await folder.write('odd.jsonl', '\ufeff{"text": "a\\ud800b", "__proto__": "p"}\n');
    const { columns, cells } = await previews(path);
    expect(columns.map(({ name }) => name)).toEqual(['text', '__proto__']);
    expect(cells).toEqual([['a\ufffdb', 'p']]);
  });

  it('is read from .json with one object a line, and from .gz', async () => {
    const lines = '{"text": "un"}\n{"text": "deux"}\n';
    expect((await previews(await folder.write('lines.json', lines))).cells).toEqual([['un'], ['deux']]);
    expect((await previews(await folder.write('lines.jsonl.gz', gzipSync(lines)))).cells).toEqual([['un'], ['deux']]);
    expect((await previews(await folder.write('lines without a name', lines))).cells).toEqual([['un'], ['deux']]);
    const packed = gzipSync(Buffer.from(lines.repeat(50_000)));
    const cut = await folder.write('cut.jsonl.gz', packed.subarray(0, packed.length - 30));
    expect(await failure(datasets.open(cut))).toMatchObject({
      code: 'FILE_CORRUPT',
      details: { reason: 'gzip-invalid' },
    });
  });

  it.each([
    ['{"a": 1}\n{"a": 2\n', { reason: 'json-invalid', line: 2 }],
    ['{"a": 1}\n\n\n[1, 2]\n', { reason: 'json-not-object', line: 4, found: 'array' }],
    ['{"a": 1}\n"text"', { reason: 'json-not-object', line: 2, found: 'string' }],
  ])('names the line that is wrong in %j', async (content, details) => {
    const path = await folder.write('wrong.jsonl', content);
    expect(await failure(datasets.open(path))).toMatchObject({ code: 'FILE_CORRUPT', details });
  });

  it('names the line that is not UTF-8', async () => {
    const path = await folder.write('latin1.jsonl', Buffer.from('{"a": "ok"}\n{"a": "été"}\n', 'latin1'));
    expect(await failure(datasets.open(path))).toMatchObject({
      code: 'FILE_CORRUPT',
      details: { reason: 'not-utf8', line: 2 },
    });
  });

  it('refuses a line of 50 MB with its number, its length and the limit', async () => {
    const long = `{"text": "${'y'.repeat(50_000_000)}"}\n`;
    const path = await folder.write('long.jsonl', `{"text": "x"}\n${long}{"text": "z"}\n`);
    expect(await failure(datasets.open(path))).toMatchObject({
      code: 'LINE_TOO_LONG',
      details: { line: 2, byteLength: long.length, limitBytes: 32_000_000 },
    });
  });

  it('reads a line of 20 MB in slices', async () => {
    const path = await folder.write('large.jsonl', `{"text": "${'0123456789'.repeat(2_000_000)}"}\n{"text": "next"}\n`);
    const { id } = await datasets.open(path);
    expect(await datasets.document(id, 0, null, 4)).toMatchObject({ characterCount: 20_000_000, text: '0123' });
    expect(await datasets.slice(id, 0, 'text', 19_999_998, 100)).toEqual({ text: '89' });
    expect((await datasets.page(id, 1, 1, 10)).rows[0]?.cells[0]?.preview).toBe('next');
  });

  it('pages 100,000 rows from anywhere in little time', async () => {
    const line = (row: number): string => JSON.stringify({ id: row, text: `${row} ${'lorem'.repeat(row % 200)}` });
    const path = await folder.write('many.jsonl', Array.from({ length: 100_000 }, (_, row) => line(row)).join('\n'));
    const { id, rowCount } = await datasets.open(path);
    expect(rowCount).toBe(100_000);
    const started = performance.now();
    for (const offset of [99_950, 0, 12_345, 50_000, 77_777]) {
      const { rows } = await datasets.page(id, offset, 50, 20);
      expect(rows.map(({ cells }) => cells[0]?.preview)).toEqual(rows.map(({ row }) => String(row)));
      expect(rows.map(({ row }) => row)).toEqual(Array.from({ length: 50 }, (_, index) => offset + index));
    }
    // Some 10 ms each; a scan of the 60 MB for every page would take seconds.
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('stops opening when it is cancelled', async () => {
    const path = await folder.write('cancel.jsonl', '{"text": "x"}\n'.repeat(300_000));
    const signal = AbortSignal.abort();
    expect(await failure(datasets.open(path, signal))).toMatchObject({ name: 'AbortError' });
    expect((await datasets.open(path)).rowCount).toBe(300_000);
  });

  it('opens a file again whose opening was just given up', async () => {
    const path = await folder.write('again.jsonl', '{"text": "x"}\n'.repeat(300_000));
    const first = new AbortController();
    const given = failure(datasets.open(path, first.signal));
    await new Promise((resolve) => setTimeout(resolve, 5));
    const second = datasets.open(path);
    first.abort();
    expect(await given).toMatchObject({ name: 'AbortError' });
    expect((await second).rowCount).toBe(300_000);
  });
});
