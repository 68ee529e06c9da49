import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CacheStore, type CacheStoreOptions } from '../../../../main/engine/cache-store/cache-store.ts';
import { newCacheData, type CacheType } from '../../../../main/engine/cache-storage.ts';
import { KvCache } from '../../../../main/engine/kv-cache.ts';
import { lineLogger, silentLogger } from '../../../../main/logger/index.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

const shape = { layers: 2, kvHeads: 2, headDim: 3 };
const ids = (count: number, first = 0): number[] => Array.from({ length: count }, (_, i) => first + i);

async function filled(held: readonly number[], type: CacheType = 'int8'): Promise<KvCache> {
  const cache = new KvCache(shape, type);
  let tensor = 0;
  await cache.fill(held, () => {
    const values = newCacheData(type, shape.kvHeads * held.length * shape.headDim);
    for (let i = 0; i < values.length; i++) values[i] = (7 * tensor + 3 * i + (held[i % held.length] ?? 0)) % 100;
    tensor++;
    return Promise.resolve(values);
  });
  return cache;
}

async function contentsOf(cache: KvCache): Promise<number[][]> {
  const tensors: number[][] = [];
  for await (const tensor of cache.contents()) tensors.push([...tensor]);
  return tensors;
}

function open(folder: string, options: Partial<CacheStoreOptions> = {}): Promise<CacheStore> {
  return CacheStore.open({
    folder,
    fingerprint: 'model a',
    logger: silentLogger,
    shortest: 4,
    reserveBytes: 0,
    ...options,
  });
}

const filesOf = (folder: string): string[] => readdirSync(folder).map((name) => join(folder, name));
const onlyFile = (folder: string): string => {
  const [file, ...others] = filesOf(folder);
  expect(others).toEqual([]);
  return file ?? '';
};

describe('CacheStore', () => {
  it.each(['int8', 'float32', 'float16'] as const)(
    'gives back what was saved, in another process (%s)',
    async (type) => {
      const folder = join(temporaryFolder(), 'caches');
      const saved = await filled(ids(300), type);
      await (await open(folder)).save(saved);
      const store = await open(folder);
      expect(store.longestPrefix([...ids(300), 9])).toBe(300);
      expect(store.longestPrefix([...ids(20), 9])).toBe(20);
      const cache = new KvCache(shape, type);
      expect(await store.restore(cache, [...ids(300), 9], 300)).toBe(true);
      expect(cache.ids).toEqual(ids(300));
      expect(await contentsOf(cache)).toEqual(await contentsOf(saved));
      const part = new KvCache(shape, type);
      expect(await store.restore(part, ids(40), 40)).toBe(true);
      expect(await contentsOf(part)).toEqual(await contentsOf(await saved.fork(40)));
    },
  );

  it('keeps one file for a conversation that goes on', async () => {
    const folder = temporaryFolder();
    const store = await open(folder);
    await store.save(await filled(ids(10)));
    await store.save(await filled(ids(30)));
    expect(store.longestPrefix(ids(40))).toBe(30);
    const file = onlyFile(folder);
    await store.save(await filled(ids(12)));
    expect(onlyFile(folder)).toBe(file);
    await store.save(await filled(ids(10, 500)));
    expect(filesOf(folder).length).toBe(2);
  });

  it('does not keep what is short', async () => {
    const folder = temporaryFolder();
    await (await open(folder)).save(await filled(ids(3)));
    expect(filesOf(folder)).toEqual([]);
  });

  it('leaves the files of another model alone', async () => {
    const folder = temporaryFolder();
    await (await open(folder)).save(await filled(ids(10)));
    const other = await open(folder, { fingerprint: 'model b' });
    expect(other.longestPrefix(ids(10))).toBe(0);
    await other.save(await filled(ids(10)));
    expect(filesOf(folder).length).toBe(2);
    expect((await open(folder)).longestPrefix(ids(10))).toBe(10);
  });

  const damages: [string, (file: string) => void][] = [
    ['cut short', (file) => truncateSync(file, readFileSync(file).length - 1)],
    ['longer than it says', (file) => appendFileSync(file, 'x')],
    [
      'changed in one bit',
      (file) => {
        const bytes = readFileSync(file);
        const at = bytes.length - 20;
        bytes[at] = (bytes[at] ?? 0) ^ 1;
        writeFileSync(file, bytes);
      },
    ],
    ['of another kind', (file) => writeFileSync(file, 'lucie-kv-cache 1\n{"length":1e9}\n')],
    ['empty', (file) => truncateSync(file, 0)],
  ];
  it.each(damages)('uses nothing of a file that is %s, and deletes it', async (_name, damage) => {
    const folder = temporaryFolder();
    const store = await open(folder);
    await store.save(await filled(ids(10)));
    damage(onlyFile(folder));
    const cache = new KvCache(shape, 'int8');
    expect(await store.restore(cache, ids(10), 10)).toBe(false);
    expect(cache.length).toBe(0);
    expect(store.longestPrefix(ids(10))).toBe(0);
    expect(filesOf(folder)).toEqual([]);
  });

  it('deletes at opening what is no whole cache, and what was never finished', async () => {
    const folder = temporaryFolder();
    await (await open(folder)).save(await filled(ids(10)));
    truncateSync(onlyFile(folder), 60);
    writeFileSync(join(folder, 'a.kvcache.b.tmp'), 'half');
    writeFileSync(join(folder, 'letter.txt'), 'mine');
    const store = await open(folder);
    expect(store.longestPrefix(ids(10))).toBe(0);
    expect(onlyFile(folder)).toBe(join(folder, 'letter.txt'));
  });

  it('goes on without a file that was deleted meanwhile, and says so', async () => {
    const folder = temporaryFolder();
    const lines: string[] = [];
    const store = await open(folder, { logger: lineLogger((line) => lines.push(line)) });
    await store.save(await filled(ids(10)));
    rmSync(onlyFile(folder));
    expect(await store.restore(new KvCache(shape, 'int8'), ids(10), 10)).toBe(false);
    expect(lines.join()).toContain('ENOENT');
  });

  it('gives up the least recently used files for new ones', async () => {
    const folder = temporaryFolder();
    const store = await open(folder, { limitBytes: 5_000 });
    await store.save(await filled(ids(70)));
    const [first = ''] = filesOf(folder);
    utimesSync(first, 1_000, 1_000);
    await store.save(await filled(ids(70, 500)));
    await store.save(await filled(ids(70, 900)));
    expect(existsSync(first)).toBe(false);
    expect(filesOf(folder).length).toBe(2);
    await store.save(await filled(ids(700, 2_000)));
    expect(store.longestPrefix(ids(700, 2_000))).toBe(0);
  });

  it('saves nothing where the disk is nearly full or the folder cannot be', async () => {
    const folder = temporaryFolder();
    const store = await open(folder, { reserveBytes: 2 ** 60 });
    await store.save(await filled(ids(10)));
    expect(filesOf(folder)).toEqual([]);
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const lines: string[] = [];
    const impossible = await open(join(file, 'caches'), { logger: lineLogger((line) => lines.push(line)) });
    await impossible.save(await filled(ids(10)));
    expect(lines.length).toBe(2);
  });
});
