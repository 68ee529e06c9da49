/** The variants of a model that can be exported: their file names (transformers.js's) and the precision of each kind of matrix. */
import type { Precision, Precisions } from './operators/model-build.ts';

export const variantNames = ['fp32', 'q4'] as const;
export type VariantName = (typeof variantNames)[number];

export interface Variant {
  readonly name: VariantName;
  /** Inside `onnx/`; the weights are beside it, with `_data` appended. */
  readonly fileName: string;
  readonly precisions: Precisions;
}

const float32: Precision = { kind: 'float32' };
const int4: Precision = { kind: 'blocks', format: { bits: 4, blockSize: 32, symmetric: true }, accuracyLevel: 4 };

export const variants: Readonly<Record<VariantName, Variant>> = {
  fp32: {
    name: 'fp32',
    fileName: 'model.onnx',
    precisions: { embedding: float32, linear: float32, head: float32 },
  },
  q4: {
    name: 'q4',
    fileName: 'model_q4.onnx',
    precisions: { embedding: int4, linear: int4, head: int4 },
  },
};
