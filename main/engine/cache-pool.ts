/**
 * The caches of a loaded model, one for each sequence that is worth keeping, within a budget of memory.
 *
 * Sequences are known by their token ids and by nothing else: a prompt takes the cache that shares the longest beginning with it,
 * whoever filled it. Where going back would throw away what another answer may come back to (another conversation with the same
 * system prompt, the other branch of an edit), the shared beginning is copied instead: copying a position takes microseconds,
 * computing it milliseconds.
 */
import type { Reuse } from '../contract/engine.ts';
import { beginsWithAny, commonLength, type KvCache } from './kv-cache.ts';

/** What a cache holds beyond the shared beginning and is not worth a copy. */
const smallTail = 32;
/** A shared beginning that any two chats have, a start token and a header: no reason to give up another's cache. */
const smallPrefix = 16;
/** Sequences that had to go are remembered, to be able to say so. */
const rememberedEvictions = 32;

/** Keeps caches beyond the memory of the process; see `cache-store.ts`. */
export interface CacheBackup {
  /** How many ids of the best kept sequence are the first of these. */
  longestPrefix(ids: readonly number[]): number;
  /** Fills an empty cache with the first `length` positions of that sequence; false where they could not be read. */
  restore(cache: KvCache, ids: readonly number[], length: number, signal?: AbortSignal): Promise<boolean>;
  /** Never rejects; the cache must not be changed before it is fulfilled. */
  save(cache: KvCache): Promise<void>;
}

export interface CachePoolOptions {
  newCache: () => KvCache;
  budgetBytes: number;
  /** `null` where none is wanted now; asked for each time. */
  backup?: () => CacheBackup | null;
}

export interface TakenCache {
  cache: KvCache;
  reuse: Reuse;
}

export class CachePool {
  readonly #options: CachePoolOptions;
  /** Least recently used first. */
  #caches: KvCache[] = [];
  #evicted: (readonly number[])[] = [];
  #inUse: KvCache | null = null;
  /** Caches on their way to the disk, one after the other. */
  #leaving: Promise<void> = Promise.resolve();

  constructor(options: CachePoolOptions) {
    this.#options = options;
  }

  get byteLength(): number {
    return this.#caches.reduce((sum, cache) => sum + cache.byteLength, 0);
  }

  get sequenceCount(): number {
    return this.#caches.length;
  }

  /** Positions of the sequence that was used last. */
  get lastLength(): number {
    return this.#caches.at(-1)?.length ?? 0;
  }

  /**
   * The cache to go on with, gone back to what the prompt shares with it. The last id of the prompt is always left to be run:
   * there would be no logits otherwise.
   */
  async take(promptIds: readonly number[], signal?: AbortSignal): Promise<TakenCache> {
    const most = promptIds.length - 1;
    const best = this.#longestShared(promptIds);
    const shared = best?.commonPrefix(promptIds) ?? 0;
    const onDisk = this.#backup()?.longestPrefix(promptIds) ?? 0;
    if (onDisk > shared + smallPrefix) {
      const restored = await this.#restored(promptIds, Math.min(onDisk, most), signal);
      if (restored !== null) return restored;
    }
    const length = Math.min(shared, most);
    if (best === null || length === 0) return this.#fresh(promptIds, shared);
    const tail = best.length - length;
    if (tail > smallTail && length <= smallPrefix && this.#fits(best, promptIds.length)) {
      return this.#fresh(promptIds, shared);
    }
    const cache = tail > smallTail ? await this.#forked(best, length, promptIds.length) : best;
    cache.rewind(length);
    this.#use(cache);
    return { cache, reuse: { reusedTokens: length, source: 'memory', ...reasonFor(shared, promptIds.length, tail) } };
  }

  /**
   * For when an answer has ended: its cache grew while it was used. The one used last stays, whatever its size. Caches on their way
   * to the disk come on top of the budget until they are written.
   */
  trim(): void {
    this.#inUse = null;
    this.#makeRoom(0, this.#caches.at(-1));
  }

  /** What `body` gives with the cache for this prompt, which nothing else uses meanwhile; then there is room again. */
  async *using<Event, Result>(
    promptIds: readonly number[],
    signal: AbortSignal,
    body: (taken: TakenCache) => AsyncGenerator<Event, Result>,
  ): AsyncGenerator<Event, Result> {
    try {
      return yield* body(await this.take(promptIds, signal));
    } finally {
      this.trim();
    }
  }

  /** Drops the sequences that begin with one of these prompts, but for one that an answer is using. */
  async forget(prompts: readonly (readonly number[])[]): Promise<void> {
    await this.#leaving;
    const gone = this.#caches.filter((cache) => cache !== this.#inUse && beginsWithAny(cache.ids, prompts));
    this.#caches = this.#caches.filter((cache) => !gone.includes(cache));
    this.#evicted = this.#evicted.filter((ids) => !beginsWithAny(ids, prompts));
    for (const cache of gone) cache.dispose();
  }

  /** Saves what a backup wants, and forgets everything. */
  async close(): Promise<void> {
    const caches = this.#caches;
    this.#caches = [];
    await this.#leaving;
    for (const cache of caches) await this.#giveUp(cache);
  }

  #fresh(promptIds: readonly number[], shared: number): TakenCache {
    const cache = this.#options.newCache();
    this.#makeRoom(cache.bytesFor(promptIds.length));
    this.#use(cache);
    const isKnown = this.#evicted.some((ids) => commonLength(ids, promptIds) > Math.max(shared, smallPrefix));
    return { cache, reuse: { reusedTokens: 0, source: 'none', reason: isKnown ? 'evicted' : 'new', divergedAt: null } };
  }

  /** Room is made when it is sure that it is needed: a file may be damaged, and the cache in memory is still wanted then. */
  async #restored(promptIds: readonly number[], length: number, signal?: AbortSignal): Promise<TakenCache | null> {
    const cache = this.#options.newCache();
    if ((await this.#backup()?.restore(cache, promptIds, length, signal)) !== true) {
      cache.dispose();
      return null;
    }
    this.#use(cache);
    this.#makeRoom(0, cache);
    const reason = length === promptIds.length - 1 ? 'repeated' : 'continued';
    return { cache, reuse: { reusedTokens: length, source: 'disk', reason, divergedAt: null } };
  }

  /** Where two do not fit into the budget, the one that is there is cut. */
  async #forked(cache: KvCache, length: number, promptLength: number): Promise<KvCache> {
    if (!this.#fits(cache, promptLength)) return cache;
    this.#makeRoom(cache.bytesFor(promptLength), cache);
    return cache.fork(length);
  }

  async #giveUp(cache: KvCache): Promise<void> {
    await this.#backup()?.save(cache);
    cache.dispose();
  }

  #backup(): CacheBackup | null {
    return this.#options.backup?.() ?? null;
  }

  #fits(beside: KvCache, length: number): boolean {
    return beside.byteLength + beside.bytesFor(length) <= this.#options.budgetBytes;
  }

  #longestShared(ids: readonly number[]): KvCache | null {
    let best: KvCache | null = null;
    // The most recent first: of two that share as much it has the better chance to be wanted whole.
    for (const cache of this.#caches.toReversed()) {
      if (best === null || cache.commonPrefix(ids) > best.commonPrefix(ids)) best = cache;
    }
    return best;
  }

  #use(cache: KvCache): void {
    this.#inUse = cache;
    this.#caches = [...this.#caches.filter((other) => other !== cache), cache];
  }

  #makeRoom(byteLength: number, keep?: KvCache): void {
    while (this.byteLength + byteLength > this.#options.budgetBytes) {
      const oldest = this.#caches.find((cache) => cache !== keep);
      if (oldest === undefined) return;
      this.#caches = this.#caches.filter((cache) => cache !== oldest);
      this.#evicted = [...this.#evicted, [...oldest.ids]].slice(-rememberedEvictions);
      // Nobody uses it any more: the answer that needs the room does not wait for the disk.
      this.#leaving = this.#leaving.then(() => this.#giveUp(oldest));
    }
  }
}

function reasonFor(shared: number, promptLength: number, tail: number): Pick<Reuse, 'reason' | 'divergedAt'> {
  if (shared === promptLength) return { reason: 'repeated', divergedAt: null };
  if (tail === 0) return { reason: 'continued', divergedAt: null };
  return { reason: 'diverged', divergedAt: shared };
}
