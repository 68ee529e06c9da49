/** Deletes the saved sequences of a conversation that is gone, whichever model computed them. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beginsWithAny } from '../kv-cache.ts';
import { cacheFileExtension, readCacheHeader } from './cache-file.ts';

/** Those that begin with one of the prompts. A folder that is not there holds none. */
export async function forgetSaved(folder: string, prompts: readonly (readonly number[])[]): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.endsWith(cacheFileExtension)) continue;
    const path = join(folder, name);
    const file = await readCacheHeader(path).catch(() => null);
    if (file !== null && beginsWithAny(file.ids, prompts)) await rm(path, { force: true });
  }
}
