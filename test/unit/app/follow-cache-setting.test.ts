import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { followCacheSetting } from '../../../main/app/follow-cache-setting.ts';
import { silentLogger } from '../../../main/logger/index.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

/** Settings as they come in; what lies in the folder is made anew before each. */
async function follow(settings: readonly boolean[], apply: () => Promise<void>): Promise<boolean[]> {
  const folder = join(temporaryFolder(), 'caches');
  const isThere: boolean[] = [];
  async function* changes() {
    for (const keepCaches of settings) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'sequence'), 'a conversation');
      yield { keepCaches };
      isThere.push(existsSync(folder));
      await Promise.resolve();
    }
  }
  await followCacheSetting(changes(), { applyCacheFolder: apply }, folder, silentLogger);
  return isThere;
}

test('the folder goes when the user no longer wants it, after the engine was told', async () => {
  let told = 0;
  const apply = () => Promise.resolve(void told++);
  expect(await follow([true, true, false], apply)).toEqual([true, true, false]);
  expect(told).toBe(2);
});

test('an engine that cannot be told keeps nothing from being deleted, now or at the next change', async () => {
  const apply = () => Promise.reject(new Error('The engine is gone.'));
  expect(await follow([false, true, false], apply)).toEqual([false, true, false]);
});
