/**
 * config.json as published, plus what transformers.js must be told: which ONNX files keep their weights beside them, which
 * variant to take by default, and which keep their KV cache in float16. Written twice it stays the same, so a folder can be its own source.
 */
import type { Variant } from '../variants.ts';

const key = 'transformers.js_config';

export function transformersConfig(
  config: Record<string, unknown>,
  variants: readonly Variant[],
): Record<string, unknown> {
  const [first] = variants;
  const half = variants.filter(({ floatType }) => floatType === 'float16');
  return {
    ...config,
    [key]: {
      ...(first === undefined ? {} : { dtype: first.name }),
      ...(half.length === 0
        ? {}
        : { kv_cache_dtype: Object.fromEntries(half.map(({ name, floatType }) => [name, floatType])) }),
      use_external_data_format: Object.fromEntries(variants.map(({ fileName }) => [fileName, true])),
    },
  };
}
