/** A projection without bias, `output = input · weightᵀ`: MatMul in float32, MatMulNBits in blocks. */
import { int } from '../onnx/attributes.ts';
import type { ValueName } from '../onnx/graph-builder.ts';
import { quantizedGroup } from '../quantize/quantized-group.ts';
import type { SourceTensor } from '../source-tensor.ts';
import { transposedFloatWeight } from './float-weight.ts';
import type { ModelBuild, Precision } from './model-build.ts';

export interface LinearOptions {
  readonly name: string;
  /** `[batch, sequence, inputSize]` */
  readonly input: ValueName;
  /** `[outputSize, inputSize]` */
  readonly weight: SourceTensor;
  readonly precision: Precision;
  readonly output?: ValueName;
}

/** Returns `[batch, sequence, outputSize]`. */
export function linear({ graph, inputMoments, onMeasured }: ModelBuild, options: LinearOptions): ValueName {
  const { name, input, weight, precision } = options;
  const outputs = options.output === undefined ? {} : { outputs: [options.output] };
  if (precision.kind === 'float32') {
    graph.weights(transposedFloatWeight(weight));
    return graph.node('MatMul', { name: `${name}/MatMul`, inputs: [input, weight.name], ...outputs });
  }
  const [outputSize = 0, inputSize = 0] = weight.shape;
  const { format, accuracyLevel } = precision;
  const group = quantizedGroup({
    name: matrixName(weight),
    weight,
    format,
    codesShape: 'blocks',
    scaleType: graph.floatType,
    inputMoments: inputMoments?.get(weight.name),
    onMeasured,
  });
  graph.weights(group);
  return graph.node('MatMulNBits', {
    name: `${name}/MatMulNBits`,
    domain: 'com.microsoft',
    inputs: [input, group.codes, group.scales, ...(group.zeroPoints === null ? [] : [group.zeroPoints])],
    ...outputs,
    attributes: {
      K: int(inputSize),
      N: int(outputSize),
      bits: int(format.bits),
      block_size: int(format.blockSize),
      accuracy_level: int(accuracyLevel),
    },
  });
}

/** `model.layers.0.mlp.up_proj.weight` is the matrix `model.layers.0.mlp.up_proj`. */
export function matrixName(weight: SourceTensor): string {
  return weight.name.replace(/\.weight$/, '');
}
