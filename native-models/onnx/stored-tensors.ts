/**
 * Weights as a plan: what a graph needs is known (names, types, shapes, so every offset) before any weight is read, and each
 * group of tensors is produced only when its turn to be written comes. A quantised matrix is one group of two or three tensors.
 */
import type { ReadOptions } from '../source-tensor.ts';
import { tensorByteLength, type ElementType } from './element-type.ts';

export interface TensorSpecification {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
}

export interface StoredGroup {
  readonly tensors: readonly TensorSpecification[];
  /** Source bytes consumed, for progress. */
  readonly sourceByteLength: number;
  /** The little-endian bytes of each tensor, in the order of `tensors`. What it reads, it reads with `options`. */
  produce(options?: ReadOptions): Promise<readonly Uint8Array[]>;
}

export interface Placement {
  readonly offset: number;
  readonly byteLength: number;
}

/** Large tensors start on a page, so that ONNX Runtime can map them; small ones on a cache line. */
const pageByteLength = 4096;
const cacheLineByteLength = 64;

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
