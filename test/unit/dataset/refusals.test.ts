import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fromFileSystem } from '../../../main/dataset/file-errors.ts';
import { OpenDatasets } from '../../../main/dataset/open-datasets.ts';
import { failure, testFolder } from './dataset-files.ts';

describe('what the data process refuses', () => {
  const folder = testFolder();
  const datasets = new OpenDatasets();

  it('a path with no file, and a folder', async () => {
    const path = folder.path('nothing here.parquet');
    expect(await failure(datasets.open(path))).toMatchObject({ code: 'FILE_NOT_FOUND', details: { path } });
    await mkdir(folder.path('folder.parquet'));
    expect(await failure(datasets.open(folder.path('folder.parquet')))).toMatchObject({
      code: 'FILE_UNREADABLE',
      details: { reason: 'directory' },
    });
    expect(await failure(datasets.open('/dev/null'))).toMatchObject({
      code: 'FILE_UNREADABLE',
      details: { reason: 'not-a-file' },
    });
  });

  it('a file without permission', async () => {
    expect(fromFileSystem('/x', Object.assign(new Error('denied'), { code: 'EACCES' }))).toMatchObject({
      code: 'FILE_UNREADABLE',
      details: { reason: 'permission' },
    });
    // The superuser may read everything.
    if (process.getuid?.() === 0) return;
    const path = await folder.write('closed.jsonl', '{}\n');
    await chmod(path, 0o000);
    expect(await failure(datasets.open(path))).toMatchObject({
      code: 'FILE_UNREADABLE',
      details: { reason: 'permission' },
    });
  });

  it.each([
    ['empty.jsonl', '', 'empty'],
    ['empty.csv.gz', gzipSync(''), 'empty'],
    ['image.parquet', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'png'],
    ['report.csv', Buffer.from('%PDF-1.7\n'), 'pdf'],
    ['table.csv', Buffer.from('PK\x03\x04rest'), 'zip'],
    ['wide.csv', Buffer.from('\ufeffa,b\n', 'utf16le'), 'utf16-text'],
    ['array.json', '[\n  {"a": 1}\n]\n', 'json-array'],
    ['pretty.json', '{\n  "a": 1\n}\n', 'json-document'],
    ['notes.txt', 'Bonjour\n', 'text'],
    ['data.jsonl', Buffer.from([0x7b, 0, 1, 2, 3]), 'binary'],
    ['data.jsonl.zst', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0]), 'zstd'],
  ])('%s, saying what it is', async (name, content, found) => {
    const error = await failure(datasets.open(await folder.write(name, content)));
    expect(error).toMatchObject({ code: 'FILE_FORMAT_UNKNOWN', details: { name, found } });
    expect((error as { action: string }).action).not.toBe('');
  });

  it('a text named .parquet, showing how it starts', async () => {
    const path = await folder.write('text.parquet', 'Bonjour');
    expect(await failure(datasets.open(path))).toMatchObject({
      code: 'FILE_CORRUPT',
      details: { reason: 'parquet-magic', start: '"Bonj"' },
    });
  });

  it('rows and columns that are not there, and ids that are not open', async () => {
    const { id } = await datasets.open(await folder.write('two.jsonl', '{"text": "a"}\n{"text": "b"}\n'));
    expect(await failure(datasets.document(id, 2, null, 10))).toMatchObject({
      code: 'ROW_NOT_FOUND',
      details: { row: 3, rowCount: 2 },
    });
    expect(await failure(datasets.document(id, 0, 'nope', 10))).toMatchObject({ code: 'COLUMN_NOT_FOUND' });
    expect(await failure(datasets.slice(id, 0, 'nope', 0, 10))).toMatchObject({ code: 'COLUMN_NOT_FOUND' });
    await datasets.close(id);
    expect(await failure(datasets.page(id, 0, 10, 10))).toMatchObject({ code: 'DATASET_NOT_OPEN' });
  });

  it('a file that was changed or deleted after it was opened, until it is opened again', async () => {
    const path = await folder.write('changing.jsonl', '{"text": "before"}\n');
    const { id } = await datasets.open(path);
    await writeFile(path, '{"text": "after"}\n{"text": "more"}\n');
    expect(await failure(datasets.page(id, 0, 10, 10))).toMatchObject({
      code: 'FILE_CORRUPT',
      details: { reason: 'changed' },
    });
    const again = await datasets.open(path);
    expect({ id: again.id, rowCount: again.rowCount }).toEqual({ id, rowCount: 2 });
    await rm(path);
    expect(await failure(datasets.page(id, 0, 10, 10))).toMatchObject({
      code: 'FILE_CORRUPT',
      details: { reason: 'gone' },
    });
  });

  it('takes a path as people paste it, and one file under two names as one dataset', async () => {
    const path = await folder.write('pasted.jsonl', '{"text": "a"}\n');
    const { id } = await datasets.open(path);
    for (const pasted of [`  "${path}" `, `file://${encodeURI(path)}`, relative(process.cwd(), path)]) {
      expect((await datasets.open(pasted)).id).toBe(id);
    }
    await symlink(path, folder.path('link.jsonl'));
    expect((await datasets.open(folder.path('link.jsonl'))).id).toBe(id);
    expect(dirname(path).startsWith(tmpdir())).toBe(true);
    expect(basename((await datasets.open(path)).path)).toBe('pasted.jsonl');
  });

  it('keeps four datasets open and closes the one unused for longest', async () => {
    const small = new OpenDatasets();
    const ids: string[] = [];
    for (let file = 0; file < 4; file++) {
      ids.push((await small.open(await folder.write(`kept ${file}.jsonl`, '{"text": "a"}\n'))).id);
    }
    await small.page(ids[0] ?? '', 0, 1, 10);
    await small.open(await folder.write('kept 4.jsonl', '{"text": "a"}\n'));
    expect((await small.page(ids[0] ?? '', 0, 1, 10)).rows).toHaveLength(1);
    expect(await failure(small.page(ids[1] ?? '', 0, 1, 10))).toMatchObject({ code: 'DATASET_NOT_OPEN' });
  });
});
