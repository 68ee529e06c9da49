/** How large the converted model will be: counted from its shape and the exporter's formats, without reading a weight. */
import type { Target } from '../contract/model-family.ts';
import { bitsPerWeight, targetVariants, type Precision } from '../../native-models/formats.ts';

export interface WeightShape {
  vocabularySize: number;
  hiddenSize: number;
  intermediateSize: number;
  layers: number;
  heads: number;
  keyValueHeads: number;
  headDimension: number;
}

/** Matrices only: norms, rotary tables and the graph are less than a thousandth. */
export function outputBytes(shape: WeightShape): Record<Target, number> {
  return { cpu: bytesFor(shape, 'cpu'), gpu: bytesFor(shape, 'gpu'), both: bytesFor(shape, 'both') };
}

export function parameterCount(shape: WeightShape): number {
  const norms = (2 * shape.layers + 1) * shape.hiddenSize;
  return 2 * lookupWeights(shape) + shape.layers * layerWeights(shape) + norms;
}

/** Keys and values of one token in all layers: int8 on a CPU, float16 on a GPU. */
export function cacheBytesPerToken({ layers, keyValueHeads, headDimension }: WeightShape): {
  cpu: number;
  gpu: number;
} {
  const values = 2 * layers * keyValueHeads * headDimension;
  return { cpu: values, gpu: 2 * values };
}

function bytesFor(shape: WeightShape, target: Target): number {
  let bits = 0;
  for (const { floatType, precisions } of targetVariants(target)) {
    const stored = (precision: Precision): number =>
      precision.kind === 'blocks' ? bitsPerWeight(precision.format, floatType) : 32;
    bits += lookupWeights(shape) * (stored(precisions.embedding) + stored(precisions.head));
    bits += shape.layers * layerWeights(shape) * stored(precisions.linear);
  }
  return Math.round(bits / 8);
}

/** Of the embedding, or of the output matrix. */
function lookupWeights({ vocabularySize, hiddenSize }: WeightShape): number {
  return vocabularySize * hiddenSize;
}

function layerWeights({ hiddenSize, intermediateSize, heads, keyValueHeads, headDimension }: WeightShape): number {
  const attention = 2 * hiddenSize * headDimension * (heads + keyValueHeads);
  return attention + 3 * hiddenSize * intermediateSize;
}
