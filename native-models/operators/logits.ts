/** The product with the output matrix, and the graph's output `logits`: float32 also where the graph computes in float16. */
import { int } from '../onnx/attributes.ts';
import { elementTypes } from '../onnx/element-type.ts';
import type { ValueName } from '../onnx/graph-builder.ts';
import type { SourceTensor } from '../source-tensor.ts';
import { linear } from './linear.ts';
import type { ModelBuild } from './model-build.ts';

export interface LogitsOptions {
  /** Normalised hidden states, `[batch, kept, hiddenSize]`. */
  readonly input: ValueName;
  /** `[vocabulary, hiddenSize]` */
  readonly weight: SourceTensor;
}

/** Adds the output `logits`, `[batch, kept, vocabulary]`. */
export function logits(build: ModelBuild, { input, weight }: LogitsOptions): void {
  const { graph, precisions } = build;
  const product = { name: '/lm_head', input, weight, precision: precisions.head };
  if (graph.floatType === 'float32') linear(build, { ...product, output: 'logits' });
  else {
    graph.node('Cast', {
      name: '/logits/Cast',
      inputs: [linear(build, product)],
      outputs: ['logits'],
      attributes: { to: int(elementTypes.float32.code) },
    });
  }
  const [vocabularySize = 0] = weight.shape;
  graph.output('logits', 'float32', ['batch_size', 'kept_length', vocabularySize]);
}
