/**
 * Weights as a plan: what a graph needs is known (names, types, shapes, so every offset) before any weight is read, and each
 * group of tensors is produced piece by piece when its turn to be written comes. A quantised matrix is one group of two or three
 * tensors.
 */
import type { QuantizeRows } from '../quantize/quantize-rows.ts';
import type { Slab } from '../source-slabs.ts';
import type { SourceTensor } from '../source-tensor.ts';
import { tensorByteLength, type ElementType } from './element-type.ts';

export interface TensorSpecification {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
}

export interface ProduceOptions {
  /** The rows of the group's source, from first to last; to be gone through once. */
  readonly slabs: () => AsyncIterable<Slab>;
  readonly quantize: QuantizeRows;
  /** Slabs that are worth having in work at once. */
  readonly parallelism: number;
}

/** The next bytes, little-endian, of the tensor with that index: tensors come in order, each from start to end. */
export interface ProducedBytes {
  readonly tensor: number;
  readonly bytes: Uint8Array;
}

export interface StoredGroup {
  readonly tensors: readonly TensorSpecification[];
  /** What it is made of; `null` for what is computed. */
  readonly source: SourceTensor | null;
  produce(options: ProduceOptions): AsyncIterable<ProducedBytes>;
}

export interface Placement {
  readonly offset: number;
  readonly byteLength: number;
}

/** Large tensors start on a page, so that ONNX Runtime can map them; small ones on a cache line. */
const pageByteLength = 4096;
const cacheLineByteLength = 64;

/** The order in which the groups are written: what is computed, then what the source stores, as it stores it. */
export function inSourceOrder(groups: readonly StoredGroup[]): readonly StoredGroup[] {
  const place = ({ source }: StoredGroup): number => source?.place ?? -1;
  return groups.toSorted((a, b) => place(a) - place(b));
}

/** Where each tensor lies in the external data file, in the order of the groups. */
export function placeTensors(groups: readonly StoredGroup[]): ReadonlyMap<string, Placement> {
  const placements = new Map<string, Placement>();
  let end = 0;
  for (const { name, type, shape } of groups.flatMap((group) => group.tensors)) {
    const byteLength = tensorByteLength(type, shape);
    const alignment = byteLength >= 16 * pageByteLength ? pageByteLength : cacheLineByteLength;
    const offset = Math.ceil(end / alignment) * alignment;
    placements.set(name, { offset, byteLength });
    end = offset + byteLength;
  }
  return placements;
}
