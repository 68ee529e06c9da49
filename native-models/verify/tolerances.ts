/**
 * How far ONNX Runtime may be from the float64 calculation over the same stored weights: the norm of the difference over the norm of
 * what was expected. Where activations are rounded to int8 inside a product the rounding is most of it, the more the further single
 * channels stand out; a part that is wired or placed wrongly is off by about one. Measurements: docs/quantisation.md, "Verification".
 */
import type { RecordedVariant } from './record.ts';

export interface Tolerances {
  /** Rows of the embedding: one product, rounded. */
  readonly embedding: number;
  /** What one block adds, keys and values, and the logits. */
  readonly product: number;
}

export function tolerancesOf({ activations, keyValueCache, linear, head }: RecordedVariant): Tolerances {
  const roundsInputs = [linear, head].some((precision) => precision.kind === 'blocks' && precision.accuracyLevel === 4);
  const isHalf = activations === 'float16';
  return {
    embedding: isHalf ? 2e-3 : 1e-6,
    product: keyValueCache === 'int8' ? 0.25 : roundsInputs ? 0.2 : isHalf ? 0.02 : 1e-4,
  };
}
