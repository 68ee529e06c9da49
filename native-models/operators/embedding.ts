/** The token embedding: Gather in float32, GatherBlockQuantized in blocks. */
import { int } from '../onnx/attributes.ts';
import type { ValueName } from '../onnx/graph-builder.ts';
import { quantizedGroup } from '../quantize/quantized-group.ts';
import type { SourceTensor } from '../source-tensor.ts';
import { ExportError } from '../export-error.ts';
import { floatWeight } from './float-weight.ts';
import { matrixName } from './linear.ts';
import type { ModelBuild } from './model-build.ts';

export interface EmbeddingOptions {
  readonly name: string;
  /** int64 `[batch, sequence]` */
  readonly ids: ValueName;
  /** `[vocabulary, hiddenSize]` */
  readonly weight: SourceTensor;
}

/** Returns `[batch, sequence, hiddenSize]`. */
export function embedding({ graph, precisions, onMeasured }: ModelBuild, options: EmbeddingOptions): ValueName {
  const { name, ids, weight } = options;
  const precision = precisions.embedding;
  if (precision.kind === 'float32') {
    graph.weights(floatWeight(weight));
    return graph.node('Gather', { name: `${name}/Gather`, inputs: [weight.name, ids], attributes: { axis: int(0) } });
  }
  const { format } = precision;
  const [, hiddenSize = 0] = weight.shape;
  if (hiddenSize % format.blockSize !== 0) {
    throw new ExportError(
      'config.unsupported',
      `The hidden size ${hiddenSize} is not a multiple of the block size ${format.blockSize}, which a quantised embedding needs.`,
      { action: 'Choose a smaller block size.', details: { hiddenSize, blockSize: format.blockSize } },
    );
  }
  const group = quantizedGroup({
    name: matrixName(weight),
    weight,
    format,
    codesShape: 'rows',
    scaleType: graph.floatType,
    onMeasured,
  });
  graph.weights(group);
  return graph.node('GatherBlockQuantized', {
    name: `${name}/GatherBlockQuantized`,
    domain: 'com.microsoft',
    inputs: [group.codes, ids, group.scales, ...(group.zeroPoints === null ? [] : [group.zeroPoints])],
    attributes: {
      gather_axis: int(0),
      quantize_axis: int(1),
      block_size: int(format.blockSize),
      bits: int(format.bits),
    },
  });
}
