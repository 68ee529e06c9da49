/** What every operator family needs to add its part to a model under construction. */
import type { GraphBuilder } from '../onnx/graph-builder.ts';
import type { BlockFormat } from '../quantize/block-format.ts';
import type { MatrixMeasurement } from '../quantize/quantized-group.ts';
import type { WeightSource } from '../source-tensor.ts';

/** How the weights of one matrix are stored and multiplied. */
export type Precision =
  | { readonly kind: 'float32' }
  | {
      readonly kind: 'blocks';
      readonly format: BlockFormat;
      /** MatMulNBits: 4 lets the activations be int8 inside the product (2x faster on CPU than 0, which keeps float32). */
      readonly accuracyLevel: 0 | 4;
    };

/** The precision of each kind of matrix. Norms, the rotary cache and the KV cache have the type that the graph computes in. */
export interface Precisions {
  readonly embedding: Precision;
  readonly linear: Precision;
  readonly head: Precision;
}

export interface ModelBuild {
  readonly graph: GraphBuilder;
  readonly weights: WeightSource;
  readonly precisions: Precisions;
  /** The mean square of each input channel of a matrix, by the name of its weight: what a calibration run measured. */
  readonly inputMoments?: ReadonlyMap<string, Float32Array> | undefined;
  readonly onMeasured: (measurement: MatrixMeasurement) => void;
}
