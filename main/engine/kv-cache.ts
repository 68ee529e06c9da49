/**
 * Keys and values of the positions that the model has seen, with the ids that they stand for.
 *
 * The tensors have room for more positions than they hold and are given to ONNX Runtime as past and as present at once: its
 * attention then writes the new positions in place, and going back in the sequence is only a smaller length. Room grows in steps,
 * because the binding copies every output out of the runtime, all of its capacity, whether it is wanted or not.
 */
import { Tensor } from 'onnxruntime-node';

const dataTypes = { float32: Float32Array, int8: Int8Array, float16: Uint16Array };
export type CacheType = keyof typeof dataTypes;
export const cacheElementBytes = (type: CacheType): number => dataTypes[type].BYTES_PER_ELEMENT;
export type CacheData = Float32Array | Int8Array | Uint16Array;

/** Positions by which room grows. */
export const capacityStep = 256;

export interface CacheShape {
  layers: number;
  kvHeads: number;
  headDim: number;
}

export class KvCache {
  readonly shape: CacheShape;
  readonly type: CacheType;
  readonly #names: readonly { past: string; present: string }[];
  #ids: number[] = [];
  #capacity = 0;
  /** `[1, kvHeads, capacity, headDim]`, one for each of `#names`. */
  #data: CacheData[];
  #tensors: Tensor[];

  constructor(shape: CacheShape, type: CacheType = 'float32') {
    this.shape = shape;
    this.type = type;
    this.#names = cacheNames(shape.layers);
    this.#data = this.#names.map(() => new dataTypes[type](0));
    this.#tensors = this.#data.map((data) => this.#tensor(data));
  }

  get length(): number {
    return this.#ids.length;
  }

  get ids(): readonly number[] {
    return this.#ids;
  }

  /** Positions that fit without growing. */
  get capacity(): number {
    return this.#capacity;
  }

  /** Memory of all tensors, free room included. */
  get byteLength(): number {
    return this.#capacity * this.bytesPerPosition;
  }

  get bytesPerPosition(): number {
    const { layers, kvHeads, headDim } = this.shape;
    return layers * 2 * kvHeads * headDim * cacheElementBytes(this.type);
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
  reserve(length: number): void {
    if (length <= this.#capacity) return;
    const capacity = roundedCapacity(length);
    this.#data = this.#data.map((data) => this.#withRoom(data, this.#capacity, capacity, this.length));
    this.#capacity = capacity;
    this.#tensors = this.#data.map((data) => this.#tensor(data));
  }

  /** A cache of its own that holds the first `length` positions of this one. */
  fork(length: number): KvCache {
    const copy = new KvCache(this.shape, this.type);
    copy.#ids = this.#ids.slice(0, length);
    copy.#capacity = roundedCapacity(length);
    copy.#data = this.#data.map((data) => this.#withRoom(data, this.#capacity, copy.#capacity, length));
    copy.#tensors = copy.#data.map((data) => copy.#tensor(data));
    return copy;
  }

  /** The cache's part in a run's inputs. */
  past(): Record<string, Tensor> {
    return Object.fromEntries(this.#names.map(({ past }, i) => [past, this.#tensors[i] as Tensor]));
  }

  /** The cache's part in a run's outputs: the same memory. */
  present(): Record<string, Tensor> {
    return Object.fromEntries(this.#names.map(({ present }, i) => [present, this.#tensors[i] as Tensor]));
  }

  /** A run wrote the keys and values of `ids` from position `start` on. */
  accept(start: number, ids: readonly number[]): void {
    this.#ids.length = start;
    for (const id of ids) this.#ids.push(id);
  }

  /**
   * The held positions as they lie in memory: for every tensor and head `length * headDim` elements, in the graph's order. To be
   * read before the next run; `restore` writes through it.
   */
  *rows(): Generator<CacheData> {
    const { kvHeads, headDim } = this.shape;
    for (const data of this.#data) {
      for (let head = 0; head < kvHeads; head++) {
        const start = head * this.#capacity * headDim;
        yield data.subarray(start, start + this.length * headDim);
      }
    }
  }

  #withRoom(data: CacheData, from: number, to: number, length: number): CacheData {
    const { kvHeads, headDim } = this.shape;
    const grown = new dataTypes[this.type](kvHeads * to * headDim);
    for (let head = 0; head < kvHeads; head++) {
      const start = head * from * headDim;
      grown.set(data.subarray(start, start + length * headDim), head * to * headDim);
    }
    return grown;
  }

  #tensor(data: CacheData): Tensor {
    return new Tensor(this.type, data, [1, this.shape.kvHeads, this.#capacity, this.shape.headDim]);
  }
}

export function roundedCapacity(length: number): number {
  return Math.ceil(length / capacityStep) * capacityStep;
}

/** How many ids both begin with. */
export function commonLength(a: readonly number[], b: readonly number[]): number {
  const limit = Math.min(a.length, b.length);
  let length = 0;
  while (length < limit && a[length] === b[length]) length++;
  return length;
}

/** The graph's names for the cache, keys and values of layer 0 first. */
export function cacheNames(layers: number): { past: string; present: string }[] {
  return Array.from({ length: layers }, (_, layer) =>
    ['key', 'value'].map((part) => ({ past: `past_key_values.${layer}.${part}`, present: `present.${layer}.${part}` })),
  ).flat();
}
