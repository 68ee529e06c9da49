/**
 * Keys and values of the positions that the model has seen, with the ids that they stand for.
 *
 * The tensors have room for more positions than they hold and are given to ONNX Runtime as past and as present at once: its
 * attention then writes the new positions in place, and going back in the sequence is only a smaller length.
 */
import type { Tensor } from 'onnxruntime-node';
import {
  cacheElementBytes,
  HostStorage,
  type CacheData,
  type CacheShape,
  type CacheStorage,
  type CacheType,
} from './cache-storage.ts';

export class KvCache {
  readonly shape: CacheShape;
  readonly type: CacheType;
  readonly #names: readonly { past: string; present: string }[];
  readonly #storage: CacheStorage;
  #ids: number[] = [];

  constructor(shape: CacheShape, type: CacheType, storage: CacheStorage = new HostStorage(shape, type)) {
    this.shape = shape;
    this.type = type;
    this.#storage = storage;
    this.#names = cacheNames(shape.layers);
  }

  get length(): number {
    return this.#ids.length;
  }

  get ids(): readonly number[] {
    return this.#ids;
  }

  /** Positions that fit without growing. */
  get capacity(): number {
    return this.#storage.capacity;
  }

  /** Memory of all tensors, free room included. */
  get byteLength(): number {
    return this.capacity * this.bytesPerPosition;
  }

  get bytesPerPosition(): number {
    const { layers, kvHeads, headDim } = this.shape;
    return layers * 2 * kvHeads * headDim * cacheElementBytes(this.type);
  }

  /** Memory of a cache like this one with room for `length` positions. */
  bytesFor(length: number): number {
    return this.#rounded(length) * this.bytesPerPosition;
  }

  /** How many of these ids, from the first on, the cache holds already. */
  commonPrefix(ids: readonly number[]): number {
    return commonLength(this.#ids, ids);
  }

  /** Forgets everything from position `length` on. */
  rewind(length: number): void {
    if (length < this.length) this.#ids.length = length;
  }

  /** Makes room for `length` positions in all, keeping what is held. */
  async reserve(length: number): Promise<void> {
    if (length > this.capacity) await this.#storage.grow(this.#rounded(length), this.length);
  }

  /** A cache of its own that holds the first `length` positions of this one. */
  async fork(length: number): Promise<KvCache> {
    const copy = new KvCache(this.shape, this.type, await this.#storage.fork(this.#rounded(length), length));
    copy.#ids = this.#ids.slice(0, length);
    return copy;
  }

  /** The cache's part in a run's inputs. */
  past(): Record<string, Tensor> {
    return Object.fromEntries(this.#names.map(({ past }, i) => [past, this.#storage.tensors[i] as Tensor]));
  }

  /** The cache's part in a run's outputs: the same memory. */
  present(): Record<string, Tensor> {
    return Object.fromEntries(this.#names.map(({ present }, i) => [present, this.#storage.tensors[i] as Tensor]));
  }

  /** A run wrote the keys and values of `ids` from position `start` on. */
  accept(start: number, ids: readonly number[]): void {
    this.#ids.length = start;
    for (const id of ids) this.#ids.push(id);
  }

  /** What is held, one tensor `[kvHeads, length, headDim]` after the other, in the graph's order. */
  async *contents(): AsyncGenerator<CacheData> {
    for (const index of this.#names.keys()) yield this.#storage.read(index, this.length);
  }

  /** Fills an empty cache with `ids.length` positions; `next` gives what `contents` gave, in its order. */
  async fill(ids: readonly number[], next: () => Promise<CacheData>): Promise<void> {
    await this.reserve(ids.length);
    for (const index of this.#names.keys()) await this.#storage.write(index, ids.length, await next());
    this.accept(0, ids);
  }

  /** Gives the memory back; the cache is empty then. */
  dispose(): void {
    this.#ids = [];
    this.#storage.dispose();
  }

  #rounded(length: number): number {
    return Math.ceil(length / this.#storage.step) * this.#storage.step;
  }
}

/** How many ids both begin with. */
export function commonLength(a: readonly number[], b: readonly number[]): number {
  const limit = Math.min(a.length, b.length);
  let length = 0;
  while (length < limit && a[length] === b[length]) length++;
  return length;
}

/** Whether these ids begin with the whole of one of the prompts; an empty prompt begins nothing. */
export function beginsWithAny(ids: readonly number[], prompts: readonly (readonly number[])[]): boolean {
  return prompts.some((prompt) => prompt.length > 0 && commonLength(ids, prompt) === prompt.length);
}

/** The graph's names for the cache, keys and values of layer 0 first. */
export function cacheNames(layers: number): { past: string; present: string }[] {
  return Array.from({ length: layers }, (_, layer) =>
    ['key', 'value'].map((part) => ({ past: `past_key_values.${layer}.${part}`, present: `present.${layer}.${part}` })),
  ).flat();
}
