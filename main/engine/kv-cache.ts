/**
 * Keys and values of the positions that the model has seen, with the ids that they stand for. The tensors are ONNX Runtime's
 * own outputs, fed back as they are; going back in the sequence copies the part that stays.
 */
import { Tensor } from 'onnxruntime-node';

const dataTypes = { float32: Float32Array, int8: Int8Array };
export type CacheType = keyof typeof dataTypes;
export const cacheElementBytes = (type: CacheType): number => dataTypes[type].BYTES_PER_ELEMENT;
type CacheData = Float32Array | Int8Array;

export interface CacheShape {
  layers: number;
  kvHeads: number;
  headDim: number;
}

export class KvCache {
  readonly #shape: CacheShape;
  readonly #type: CacheType;
  readonly #names: readonly { past: string; present: string }[];
  #ids: number[] = [];
  /** `[1, kvHeads, ids.length, headDim]`, one for each of `#names`. */
  #tensors: Tensor[];

  constructor(shape: CacheShape, type: CacheType = 'float32') {
    this.#shape = shape;
    this.#type = type;
    this.#names = cacheNames(shape.layers);
    this.#tensors = this.#names.map(() => this.#tensor(this.#data(0), 0));
  }

  get length(): number {
    return this.#ids.length;
  }

  get ids(): readonly number[] {
    return this.#ids;
  }

  /** How many of these ids, from the first on, the cache holds already. */
  commonPrefix(ids: readonly number[]): number {
    const limit = Math.min(ids.length, this.#ids.length);
    let length = 0;
    while (length < limit && ids[length] === this.#ids[length]) length++;
    return length;
  }

  /** Forgets everything from position `length` on. */
  rewind(length: number): void {
    if (length >= this.length) return;
    this.#tensors = this.#tensors.map((tensor) =>
      this.#tensor(this.#firstPositions(tensor.data as CacheData, length), length),
    );
    this.#ids.length = length;
  }

  /** The inputs of the next run. */
  past(): Record<string, Tensor> {
    return Object.fromEntries(this.#names.map(({ past }, i) => [past, this.#tensors[i] as Tensor]));
  }

  /** Takes the outputs of a run over `ids`, which continued what `past()` gave. */
  accept(ids: readonly number[], outputs: Record<string, unknown>): void {
    this.#tensors = this.#names.map(({ present }) => outputs[present] as Tensor);
    for (const id of ids) this.#ids.push(id);
  }

  #firstPositions(data: CacheData, length: number): CacheData {
    const { kvHeads, headDim } = this.#shape;
    const kept = this.#data(kvHeads * length * headDim);
    for (let head = 0; head < kvHeads; head++) {
      const start = head * this.length * headDim;
      kept.set(data.subarray(start, start + length * headDim), head * length * headDim);
    }
    return kept;
  }

  #data(size: number): CacheData {
    return new dataTypes[this.#type](size);
  }

  #tensor(data: CacheData, length: number): Tensor {
    return new Tensor(this.#type, data, [1, this.#shape.kvHeads, length, this.#shape.headDim]);
  }
}

/** The graph's names for the cache, keys and values of layer 0 first. */
export function cacheNames(layers: number): { past: string; present: string }[] {
  return Array.from({ length: layers }, (_, layer) =>
    ['key', 'value'].map((part) => ({ past: `past_key_values.${layer}.${part}`, present: `present.${layer}.${part}` })),
  ).flat();
}
