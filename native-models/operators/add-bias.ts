/** The bias of a projection, where a model has one: `output + bias`. */
import type { ValueName } from '../onnx/graph-builder.ts';
import { floatWeight } from './float-weight.ts';
import type { ModelBuild } from './model-build.ts';

export interface AddBiasOptions {
  readonly name: string;
  /** `[batch, sequence, outputSize]` */
  readonly input: ValueName;
  /** `<tensor>` of shape `[outputSize]` */
  readonly tensor: string;
  readonly outputSize: number;
}

export function addBias({ graph, weights }: ModelBuild, options: AddBiasOptions): ValueName {
  const { name, input, tensor, outputSize } = options;
  const bias = weights.tensor(tensor, [outputSize]);
  graph.weights(floatWeight(bias));
  return graph.node('Add', { name: `${name}/Add`, inputs: [input, bias.name] });
}
