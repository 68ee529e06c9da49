/**
 * Sequences that outlive the engine: a long conversation is opened again without computing its keys and values anew. Only with the
 * user's consent, because the files hold what was said, and are large. A file that cannot be read or written costs time, never an
 * answer.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, stat, statfs, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../../logger/index.ts';
import type { CacheBackup } from '../cache-pool.ts';
import { commonLength, type KvCache } from '../kv-cache.ts';
import { cacheFileExtension, readCacheFile, readCacheHeader, writeCacheFile, type CacheFile } from './cache-file.ts';

const unfinished = '.tmp';

export interface CacheStoreOptions {
  folder: string;
  /** Of the model and of what computes it. */
  fingerprint: string;
  logger: Logger;
  /** For all files of the folder, of any model; the least recently used go first. */
  limitBytes?: number;
  /** Left free on the disk. */
  reserveBytes?: number;
  /** Shorter sequences are computed as fast as they are read. */
  shortest?: number;
}

export class CacheStore implements CacheBackup {
  readonly #folder: string;
  readonly #fingerprint: string;
  readonly #logger: Logger;
  readonly #limitBytes: number;
  readonly #reserveBytes: number;
  readonly #shortest: number;
  readonly #files = new Map<string, CacheFile>();
  #saves: Promise<void> = Promise.resolve();

  static async open(options: CacheStoreOptions): Promise<CacheStore> {
    const store = new CacheStore(options);
    try {
      await mkdir(options.folder, { recursive: true });
      await store.#readFolder();
    } catch (error) {
      options.logger.log('warn', 'The folder of saved caches cannot be read', { folder: options.folder, error });
    }
    return store;
  }

  private constructor({ folder, fingerprint, logger, limitBytes, reserveBytes, shortest }: CacheStoreOptions) {
    this.#folder = folder;
    this.#fingerprint = fingerprint;
    this.#logger = logger;
    this.#limitBytes = limitBytes ?? 8 * 2 ** 30;
    this.#reserveBytes = reserveBytes ?? 2 * 2 ** 30;
    this.#shortest = shortest ?? 512;
  }

  longestPrefix(ids: readonly number[]): number {
    let longest = 0;
    for (const file of this.#files.values()) longest = Math.max(longest, commonLength(file.ids, ids));
    return longest;
  }

  async restore(cache: KvCache, ids: readonly number[], length: number, signal?: AbortSignal): Promise<boolean> {
    const found = [...this.#files].find(([, file]) => commonLength(file.ids, ids) >= length);
    if (found === undefined) return false;
    const [path, file] = found;
    try {
      if (await readCacheFile(path, file, cache, signal)) {
        cache.rewind(length);
        const now = new Date();
        await utimes(path, now, now);
        return true;
      }
      if (signal?.aborted === true) return false;
      this.#logger.log('warn', 'A saved cache is damaged and is deleted', { path });
      await this.#remove(path);
    } catch (error) {
      cache.rewind(0);
      this.#files.delete(path);
      this.#logger.log('warn', 'A saved cache cannot be read', { path, error });
    }
    return false;
  }

  /** One after the other. The cache must not be used before the promise is fulfilled; it is never rejected. */
  save(cache: KvCache): Promise<void> {
    const saved = this.#saves.then(() =>
      this.#save(cache).catch((error: unknown) => {
        this.#logger.log('warn', 'A cache could not be saved', { folder: this.#folder, error });
      }),
    );
    this.#saves = saved;
    return saved;
  }

  /** Fulfilled when what was to be saved until now is saved. */
  settled(): Promise<void> {
    return this.#saves;
  }

  async #save(cache: KvCache): Promise<void> {
    const { ids } = cache;
    if (ids.length < this.#shortest) return;
    const files = [...this.#files];
    if (files.some(([, file]) => commonLength(file.ids, ids) === ids.length)) return;
    const byteLength = ids.length * (cache.bytesPerPosition + Int32Array.BYTES_PER_ELEMENT);
    if (!(await this.#makeRoom(byteLength))) return;
    const path = join(this.#folder, nameOf(this.#fingerprint, ids));
    this.#files.set(path, await writeCacheFile(path, cache, this.#fingerprint));
    // The beginning of what is saved now is saved with it.
    for (const [other, { ids: held }] of files) if (commonLength(held, ids) === held.length) await this.#remove(other);
  }

  async #makeRoom(byteLength: number): Promise<boolean> {
    const { bavail, bsize } = await statfs(this.#folder);
    if (byteLength > this.#limitBytes || bavail * bsize < byteLength + this.#reserveBytes) return false;
    const found = await Promise.all(
      (await this.#names()).map(async (name) => {
        const path = join(this.#folder, name);
        const { size, mtimeMs } = await stat(path);
        return { path, size, mtimeMs };
      }),
    );
    let total = found.reduce((sum, { size }) => sum + size, byteLength);
    for (const { path, size } of found.sort((a, b) => a.mtimeMs - b.mtimeMs)) {
      if (total <= this.#limitBytes) break;
      await this.#remove(path);
      total -= size;
    }
    return true;
  }

  async #readFolder(): Promise<void> {
    // What an engine left that was killed while it wrote.
    for (const name of await readdir(this.#folder)) {
      if (name.endsWith(unfinished)) await rm(join(this.#folder, name), { force: true });
    }
    for (const name of await this.#names()) {
      const path = join(this.#folder, name);
      const file = await readCacheHeader(path).catch((error: unknown) => {
        this.#logger.log('warn', 'A saved cache cannot be read', { path, error });
        return undefined;
      });
      if (file === undefined) continue;
      if (file === null) await rm(path, { force: true });
      else if (file.header.fingerprint === this.#fingerprint) this.#files.set(path, file);
    }
  }

  async #names(): Promise<string[]> {
    return (await readdir(this.#folder)).filter((name) => name.endsWith(cacheFileExtension));
  }

  async #remove(path: string): Promise<void> {
    this.#files.delete(path);
    await rm(path, { force: true });
  }
}

function nameOf(fingerprint: string, ids: readonly number[]): string {
  const hash = createHash('sha256').update(fingerprint).update(Int32Array.from(ids));
  return `${hash.digest('hex').slice(0, 32)}${cacheFileExtension}`;
}
