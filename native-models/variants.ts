/** The variants of a model that can be exported: their file names (transformers.js's) and the precision of each kind of matrix. */
import type { FloatType } from './onnx/float-type.ts';
import type { Precision, Precisions } from './operators/model-build.ts';
import type { BlockFormat } from './quantize/block-format.ts';

export const variantNames = ['fp32', 'q4', 'q4f16'] as const;
export type VariantName = (typeof variantNames)[number];

export interface Variant {
  readonly name: VariantName;
  /** Inside `onnx/`; the weights are beside it, with `_data` appended. */
  readonly fileName: string;
  /** Of activations, norms, scales and the KV cache. */
  readonly floatType: FloatType;
  readonly precisions: Precisions;
}

const float32: Precision = { kind: 'float32' };

export function blocks(bits: BlockFormat['bits'], blockSize: number): Precision {
  return { kind: 'blocks', format: { bits, blockSize, symmetric: true }, accuracyLevel: 4 };
}

const int4 = blocks(4, 32);
const int4Everywhere: Precisions = { embedding: int4, linear: int4, head: int4 };

/** What a name alone stands for: int4 is in blocks of 32 throughout, as the demo model is shipped. */
export const variants: Readonly<Record<VariantName, Variant>> = {
  fp32: {
    name: 'fp32',
    fileName: 'model.onnx',
    floatType: 'float32',
    precisions: { embedding: float32, linear: float32, head: float32 },
  },
  q4: { name: 'q4', fileName: 'model_q4.onnx', floatType: 'float32', precisions: int4Everywhere },
  q4f16: { name: 'q4f16', fileName: 'model_q4f16.onnx', floatType: 'float16', precisions: int4Everywhere },
};

export const targetNames = ['gpu', 'cpu', 'both'] as const;
export type TargetName = (typeof targetNames)[number];

export interface TargetOptions {
  /** Of the CPU's file: 128 is fastest there. The GPU's fused kernels want 32. */
  readonly cpuBlockSize?: 32 | 64 | 128 | undefined;
  /** The embedding and the output matrix hurt most when they are coarse: 8 bits unless asked otherwise. */
  readonly embeddingBits?: BlockFormat['bits'] | undefined;
  readonly headBits?: BlockFormat['bits'] | undefined;
}

/** The variants that serve a kind of machine, the one that runs everywhere first. */
export function targetVariants(target: TargetName, options: TargetOptions = {}): readonly Variant[] {
  const { cpuBlockSize = 128, embeddingBits = 8, headBits = 8 } = options;
  const precisions = (blockSize: number): Precisions => ({
    embedding: blocks(embeddingBits, blockSize),
    linear: blocks(4, blockSize),
    head: blocks(headBits, blockSize),
  });
  const cpu: Variant = { ...variants.q4, precisions: precisions(cpuBlockSize) };
  const gpu: Variant = { ...variants.q4f16, precisions: precisions(32) };
  switch (target) {
    case 'gpu':
      return [gpu];
    case 'cpu':
      return [cpu];
    case 'both':
      return [cpu, gpu];
  }
}
