/**
 * config.json as published, plus what transformers.js must be told: which ONNX files keep their weights beside them, and which
 * variant to take by default. Written twice it stays the same, so a folder can be its own source.
 */
import type { Variant } from '../variants.ts';

const key = 'transformers.js_config';

export function transformersConfig(
  config: Record<string, unknown>,
  variants: readonly Variant[],
): Record<string, unknown> {
  const [first] = variants;
  return {
    ...config,
    [key]: {
      ...(first === undefined ? {} : { dtype: first.name }),
      use_external_data_format: Object.fromEntries(variants.map(({ fileName }) => [fileName, true])),
    },
  };
}
