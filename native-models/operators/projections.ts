/** The projections of one block, attention or feed-forward: named alike in the checkpoint and the graph, all with a bias or none. */
import type { ValueName } from '../onnx/graph-builder.ts';
import { floatWeight } from './float-weight.ts';
import { linear } from './linear.ts';
import type { ModelBuild } from './model-build.ts';

export interface ProjectionsOptions {
  /** Of the block in the graph. */
  readonly name: string;
  /** Where the weights are: `<prefix>.<projection>.weight`, and `.bias` beside it. */
  readonly prefix: string;
  readonly bias: boolean;
}

/** `[batch, sequence, inputSize]` to `[batch, sequence, outputSize]` by the named weight of the block. */
export type Project = (projection: string, input: ValueName, outputSize: number, inputSize: number) => ValueName;

export function projections(build: ModelBuild, { name, prefix, bias }: ProjectionsOptions): Project {
  const { graph, weights, precisions } = build;
  return (projection, input, outputSize, inputSize) => {
    const product = linear(build, {
      name: `${name}/${projection}`,
      input,
      weight: weights.tensor(`${prefix}.${projection}.weight`, [outputSize, inputSize]),
      precision: precisions.linear,
    });
    if (!bias) return product;
    const addition = weights.tensor(`${prefix}.${projection}.bias`, [outputSize]);
    graph.weights(floatWeight(addition));
    return graph.node('Add', { name: `${name}/${projection}/Add`, inputs: [product, addition.name] });
  };
}
