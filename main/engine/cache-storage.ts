/** Where a cache's tensors lie: in the memory of the process, or on a device (`devices/device-storage.ts`). */
import { Tensor } from 'onnxruntime-node';
import { float16Tensor } from './devices/float16-tensor.ts';

const dataTypes = { float32: Float32Array, int8: Int8Array, float16: Uint16Array };
export type CacheType = keyof typeof dataTypes;
export const cacheElementBytes = (type: CacheType): number => dataTypes[type].BYTES_PER_ELEMENT;
/** float16 as bits. */
export type CacheData = Float32Array | Int8Array | Uint16Array;
export const newCacheData = (type: CacheType, length: number): CacheData => new dataTypes[type](length);

export interface CacheShape {
  layers: number;
  kvHeads: number;
  headDim: number;
}

export interface CacheStorage {
  /** Positions by which room grows. */
  readonly step: number;
  readonly capacity: number;
  /** `[1, kvHeads, capacity, headDim]`, keys and values of layer 0 first. */
  readonly tensors: readonly Tensor[];
  /** Makes room, keeping the first `held` positions. */
  grow(capacity: number, held: number): Promise<void>;
  /** A storage of its own with the first `held` positions. */
  fork(capacity: number, held: number): Promise<CacheStorage>;
  /** The first `length` positions of a tensor, `[kvHeads, length, headDim]`. */
  read(index: number, length: number): Promise<CacheData>;
  /** Replaces the beginning of a tensor by what `read` gave; there is room for it. */
  write(index: number, length: number, data: CacheData): Promise<void>;
  dispose(): void;
}

/**
 * Where outputs are copied out of the runtime (`model-session.ts`), all of the capacity is, at every run: so room grows in small steps.
 */
const hostStep = 256;

export class HostStorage implements CacheStorage {
  readonly step = hostStep;
  readonly #shape: CacheShape;
  readonly #type: CacheType;
  #capacity = 0;
  #data: CacheData[];
  #tensors: Tensor[];

  constructor(shape: CacheShape, type: CacheType) {
    this.#shape = shape;
    this.#type = type;
    this.#data = Array.from({ length: 2 * shape.layers }, () => newCacheData(type, 0));
    this.#tensors = this.#data.map((data) => this.#tensor(data));
  }

  get capacity(): number {
    return this.#capacity;
  }

  get tensors(): readonly Tensor[] {
    return this.#tensors;
  }

  grow(capacity: number, held: number): Promise<void> {
    this.#take(
      this.#data.map((data) => this.#moved(data, this.#capacity, capacity, held)),
      capacity,
    );
    return Promise.resolve();
  }

  fork(capacity: number, held: number): Promise<CacheStorage> {
    const copy = new HostStorage(this.#shape, this.#type);
    copy.#take(
      this.#data.map((data) => this.#moved(data, this.#capacity, capacity, held)),
      capacity,
    );
    return Promise.resolve(copy);
  }

  read(index: number, length: number): Promise<CacheData> {
    return Promise.resolve(this.#moved(this.#data[index] as CacheData, this.#capacity, length, length));
  }

  write(index: number, length: number, data: CacheData): Promise<void> {
    this.#copy(data, length, this.#data[index] as CacheData, this.#capacity, length);
    return Promise.resolve();
  }

  dispose(): void {
    this.#take(
      this.#data.map(() => newCacheData(this.#type, 0)),
      0,
    );
  }

  #take(data: CacheData[], capacity: number): void {
    this.#capacity = capacity;
    this.#data = data;
    this.#tensors = data.map((one) => this.#tensor(one));
  }

  #moved(from: CacheData, capacity: number, newCapacity: number, held: number): CacheData {
    const { kvHeads, headDim } = this.#shape;
    const to = newCacheData(this.#type, kvHeads * newCapacity * headDim);
    this.#copy(from, capacity, to, newCapacity, held);
    return to;
  }

  #copy(from: CacheData, fromCapacity: number, to: CacheData, toCapacity: number, positions: number): void {
    const { kvHeads, headDim } = this.#shape;
    for (let head = 0; head < kvHeads; head++) {
      const start = head * fromCapacity * headDim;
      to.set(from.subarray(start, start + positions * headDim), head * toCapacity * headDim);
    }
  }

  #tensor(data: CacheData): Tensor {
    const dims = [1, this.#shape.kvHeads, this.#capacity, this.#shape.headDim];
    return data instanceof Uint16Array ? float16Tensor(data, dims) : new Tensor(this.#type, data, dims);
  }
}
