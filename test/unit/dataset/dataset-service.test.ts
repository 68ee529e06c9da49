import { readFile, rm } from 'node:fs/promises';
import { createRouterClient } from '@orpc/server';
import { describe, expect, it } from 'vitest';
import { DatasetService, type DataProcessClient } from '../../../main/dataset/index.ts';
import { datasetRouter } from '../../../main/dataset/router.ts';
import { lineLogger, silentLogger } from '../../../main/logger/index.ts';
import { failure, testFolder } from './dataset-files.ts';

describe('DatasetService', () => {
  const folder = testFolder();

  const startDataProcess = (): DataProcessClient => createRouterClient(datasetRouter());

  const service = (options: { client?: () => Promise<DataProcessClient>; log?: (line: string) => void } = {}) => {
    const client = startDataProcess();
    return new DatasetService({
      client: options.client ?? (() => Promise.resolve(client)),
      samplePath: folder.path('sample.jsonl'),
      recentFile: folder.path('data/recent.json'),
      logger: options.log ? lineLogger(options.log) : silentLogger,
    });
  };

  it('lists the sample first, then what was opened, newest first, as long as it exists, over restarts', async () => {
    const sample = await folder.write('sample.jsonl', '{"text": "a"}\n');
    const [one, two] = [
      await folder.write('one.jsonl', '{"text": "1"}\n'),
      await folder.write('two.jsonl', '{"text": "2"}\n'),
    ];
    const first = service();
    expect(await first.recent()).toEqual([{ path: sample, name: 'sample.jsonl', byteLength: 14, embedded: true }]);
    expect((await first.open({ path: sample })).embedded).toBe(true);
    expect((await first.open({ path: one })).embedded).toBe(false);
    await first.open({ path: two });
    await first.open({ path: one });
    await first.open({ path: sample });
    const names = async (listed: DatasetService) => (await listed.recent()).map(({ name }) => name);
    expect(await names(first)).toEqual(['sample.jsonl', 'one.jsonl', 'two.jsonl']);
    expect(await names(service())).toEqual(['sample.jsonl', 'one.jsonl', 'two.jsonl']);
    await rm(one);
    expect(await names(service())).toEqual(['sample.jsonl', 'two.jsonl']);
    expect(JSON.parse(await readFile(folder.path('data/recent.json'), 'utf8'))).toEqual({ paths: [one, two] });
  });

  it('starts a new list where the old one is unreadable, and logs it', async () => {
    const log: string[] = [];
    const damaged = service({ log: (line) => void log.push(line) });
    await folder.write('data/recent.json', '{"paths": 3');
    await folder.write('sample.jsonl', '{"text": "a"}\n');
    expect(await damaged.recent()).toHaveLength(1);
    expect(log.join()).toContain('unreadable');
  });

  it('opens a dataset again in a restarted data process, and goes on where the reader was', async () => {
    let client = startDataProcess();
    const restarted = service({ client: () => Promise.resolve(client) });
    const { id } = await restarted.open({ path: await folder.write('long.jsonl', '{"text": "a"}\n{"text": "b"}\n') });
    client = startDataProcess();
    expect((await restarted.document({ datasetId: id, row: 1 })).text).toBe('b');
    client = startDataProcess();
    expect((await restarted.page({ datasetId: id, offset: 1, limit: 5 })).rows).toHaveLength(1);
    client = startDataProcess();
    expect(await restarted.slice({ datasetId: id, row: 0, column: 'text', start: 0, length: 5 })).toEqual({
      text: 'a',
    });
    expect(await failure(restarted.page({ datasetId: 'unknown', offset: 0, limit: 5 }))).toMatchObject({
      code: 'DATASET_NOT_OPEN',
    });
  });

  it('closes a dataset; it opens by itself when it is read again', async () => {
    const reader = service();
    const { id } = await reader.open({ path: await folder.write('closed.jsonl', '{"text": "a"}\n') });
    await reader.close({ datasetId: id });
    expect((await reader.page({ datasetId: id, offset: 0, limit: 5 })).rows).toHaveLength(1);
  });

  it('refuses a file that was changed while no data process had it open', async () => {
    let client = startDataProcess();
    const restarted = service({ client: () => Promise.resolve(client) });
    const { id } = await restarted.open({ path: await folder.write('replaced.csv', 'a,b\n1,2\n') });
    await folder.write('replaced.csv', 'b,a,c\n2,1,3\n');
    client = startDataProcess();
    expect(await failure(restarted.page({ datasetId: id, offset: 0, limit: 5 }))).toMatchObject({
      code: 'FILE_CORRUPT',
      details: { reason: 'changed' },
    });
  });
});
