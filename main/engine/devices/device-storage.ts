/** Keys and values in buffers of a WebGPU device: written in place there, and read back only to be saved. */
import type { Tensor } from 'onnxruntime-node';
import type { CacheData, CacheShape, CacheStorage } from '../cache-storage.ts';
import { float16Bits } from './float16-tensor.ts';
import type { CacheDims, GpuBuffers, GpuElementType } from './gpu-buffers.ts';

/** Nothing is copied out of the device between runs, so room costs only memory; growing copies the whole buffer. */
const deviceStep = 1024;

export class DeviceStorage implements CacheStorage {
  readonly step = deviceStep;
  readonly #buffers: GpuBuffers;
  readonly #shape: CacheShape;
  readonly #type: GpuElementType;
  #capacity = 0;
  #tensors: Tensor[] = [];

  constructor(buffers: GpuBuffers, shape: CacheShape, type: GpuElementType) {
    this.#buffers = buffers;
    this.#shape = shape;
    this.#type = type;
  }

  get capacity(): number {
    return this.#capacity;
  }

  get tensors(): readonly Tensor[] {
    return this.#tensors;
  }

  async grow(capacity: number): Promise<void> {
    const grown = await this.#copies(this, capacity);
    this.dispose();
    this.#tensors = grown;
    this.#capacity = capacity;
  }

  /** The device has no way to copy a part only: the copy has the room of the whole. */
  async fork(capacity: number): Promise<CacheStorage> {
    const copy = new DeviceStorage(this.#buffers, this.#shape, this.#type);
    copy.#capacity = Math.max(capacity, this.#capacity);
    copy.#tensors = await this.#copies(this, copy.#capacity);
    return copy;
  }

  async read(index: number, length: number): Promise<CacheData> {
    const part = await this.#buffers.download(this.#tensors[index] as Tensor, length);
    return this.#type === 'float16' ? float16Bits(part) : (part.data as Float32Array);
  }

  async write(index: number, length: number, data: CacheData): Promise<void> {
    const held = this.#buffers.tensor(data as Float32Array | Uint16Array, this.#dims(length));
    const replaced = this.#tensors[index];
    this.#tensors[index] = await this.#buffers.grow(held, this.#capacity);
    replaced?.dispose();
  }

  dispose(): void {
    for (const tensor of this.#tensors) tensor.dispose();
    this.#tensors = [];
    this.#capacity = 0;
  }

  /** All made or none kept: half of a cache would only take memory. */
  async #copies({ tensors }: { tensors: readonly Tensor[] }, capacity: number): Promise<Tensor[]> {
    const made: Tensor[] = [];
    try {
      for (let index = 0; index < 2 * this.#shape.layers; index++) {
        const tensor = tensors[index];
        made.push(
          await (tensor === undefined
            ? this.#buffers.zeros(this.#dims(capacity))
            : this.#buffers.grow(tensor, capacity)),
        );
      }
      return made;
    } catch (error) {
      for (const tensor of made) tensor.dispose();
      throw error;
    }
  }

  #dims(positions: number): CacheDims {
    return [1, this.#shape.kvHeads, positions, this.#shape.headDim];
  }
}
