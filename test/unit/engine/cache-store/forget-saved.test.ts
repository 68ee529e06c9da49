import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { CacheStore } from '../../../../main/engine/cache-store/cache-store.ts';
import { forgetSaved } from '../../../../main/engine/cache-store/forget-saved.ts';
import { KvCache } from '../../../../main/engine/kv-cache.ts';
import { silentLogger } from '../../../../main/logger/index.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

const ids = (count: number, first: number): number[] => Array.from({ length: count }, (_, i) => first + i);

async function saved(folder: string, fingerprint: string, held: number[]): Promise<void> {
  const cache = new KvCache({ layers: 1, kvHeads: 1, headDim: 1 }, 'int8');
  await cache.fill(held, () => Promise.resolve(new Int8Array(held.length)));
  const store = await CacheStore.open({ folder, fingerprint, logger: silentLogger, shortest: 1, reserveBytes: 0 });
  await store.save(cache);
}

it('deletes what begins with a prompt of the conversation, of whichever model, and nothing else', async () => {
  const folder = temporaryFolder();
  await saved(folder, 'a', ids(30, 0));
  await saved(folder, 'b', ids(20, 0));
  await saved(folder, 'a', ids(30, 100));
  writeFileSync(join(folder, 'broken.kvcache'), 'x');
  await forgetSaved(folder, [ids(9, 0), []]);
  expect(readdirSync(folder).length).toBe(2);
  await forgetSaved(folder, [ids(31, 100)]);
  expect(readdirSync(folder).length).toBe(2);
  await forgetSaved(join(folder, 'nothing here'), [ids(1, 0)]);
});
