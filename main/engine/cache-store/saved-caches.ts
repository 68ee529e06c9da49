/** The store of a loaded model's sequences: there or not, as the user wants it, and never another model's. */
import type { Logger } from '../../logger/index.ts';
import type { CacheBackup } from '../cache-pool.ts';
import { CacheStore } from './cache-store.ts';

export class SavedCaches {
  readonly #fingerprint: () => Promise<string>;
  readonly #logger: Logger;
  #folder: string | null = null;
  #store: CacheStore | null = null;

  constructor(fingerprint: () => Promise<string>, logger: Logger) {
    this.#fingerprint = fingerprint;
    this.#logger = logger;
  }

  get backup(): CacheBackup | null {
    return this.#store;
  }

  /** Fulfilled when nothing is written any more to the folder that is given up. Where a folder cannot be used, nothing is kept. */
  async use(folder: string | null): Promise<void> {
    if (folder === this.#folder) return;
    const previous = this.#store;
    this.#store = null;
    this.#folder = folder;
    await previous?.settled();
    if (folder === null) return;
    try {
      this.#store = await CacheStore.open({ folder, fingerprint: await this.#fingerprint(), logger: this.#logger });
    } catch (error) {
      this.#folder = null;
      this.#logger.log('warn', 'Sequences are not kept on the disk', { folder, error });
    }
  }

  /** Reads the folder again: files were deleted from it. */
  async reopen(): Promise<void> {
    const folder = this.#folder;
    await this.use(null);
    await this.use(folder);
  }
}
