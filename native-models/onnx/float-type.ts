/// <reference lib="esnext.float16" />
/** The type that a graph computes in, and keeps norms, scales, rotary tables and the KV cache in. */
export type FloatType = 'float32' | 'float16';

/** To the nearest value of the type. */
export function roundTo(type: FloatType): (value: number) => number {
  return type === 'float16' ? Math.f16round : Math.fround;
}
