/// <reference lib="esnext.float16" />
/** Float32 weights stored as float16, for a graph that computes in float16. */
import type { StoredGroup } from './stored-tensors.ts';

/** The same group, its float32 tensors stored as float16; others stay as they are. */
export function halfPrecisionGroup(group: StoredGroup): StoredGroup {
  const isFloat = (tensor: number): boolean => group.tensors[tensor]?.type === 'float32';
  return {
    ...group,
    tensors: group.tensors.map((tensor, index) => (isFloat(index) ? { ...tensor, type: 'float16' as const } : tensor)),
    async *produce(options) {
      for await (const { tensor, bytes } of group.produce(options)) {
        yield { tensor, bytes: isFloat(tensor) ? halved(bytes) : bytes };
      }
    },
  };
}

function halved({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array {
  return new Uint8Array(new Float16Array(new Float32Array(buffer, byteOffset, byteLength / 4)).buffer);
}
