/// <reference lib="esnext.float16" />
/** Float32 weights stored as float16, for a graph that computes in float16. */
import type { StoredGroup } from './stored-tensors.ts';

/** The type that a graph computes in, and keeps norms, scales, rotary tables and the KV cache in. */
export type FloatType = 'float32' | 'float16';

/** To the nearest value of the type. */
export function roundTo(type: FloatType): (value: number) => number {
  return type === 'float16' ? Math.f16round : Math.fround;
}

/** The same group, its float32 tensors stored as float16; others stay as they are. */
export function halfPrecisionGroup(group: StoredGroup): StoredGroup {
  const tensors = group.tensors.map((tensor) =>
    tensor.type === 'float32' ? { ...tensor, type: 'float16' as const } : tensor,
  );
  return {
    ...group,
    tensors,
    async produce(options) {
      const produced = await group.produce(options);
      return produced.map((bytes, index) => (group.tensors[index]?.type === 'float32' ? halved(bytes) : bytes));
    },
  };
}

function halved({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array {
  return new Uint8Array(new Float16Array(new Float32Array(buffer, byteOffset, byteLength / 4)).buffer);
}
