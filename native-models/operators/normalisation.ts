/**
 * Root mean square normalisation (Zhang and Sennrich, 2019, https://arxiv.org/abs/1910.07467), alone or fused with the
 * residual addition before it. ONNX Runtime calls it SimplifiedLayerNormalization.
 */
import { float, int } from '../onnx/attributes.ts';
import { absent, type ValueName } from '../onnx/graph-builder.ts';
import type { SourceTensor } from '../source-tensor.ts';
import { floatWeight } from './float-weight.ts';
import type { ModelBuild } from './model-build.ts';

export interface NormalisationOptions {
  readonly name: string;
  /** `[batch, sequence, hiddenSize]` */
  readonly input: ValueName;
  /** `[hiddenSize]` */
  readonly weight: SourceTensor;
  readonly epsilon: number;
}

export function normalise({ graph }: ModelBuild, { name, input, weight, epsilon }: NormalisationOptions): ValueName {
  graph.weights(floatWeight(weight));
  return graph.node('SimplifiedLayerNormalization', {
    name: `${name}/SimplifiedLayerNormalization`,
    inputs: [input, weight.name],
    attributes: { axis: int(-1), epsilon: float(epsilon), stash_type: int(1) },
  });
}

export interface AddAndNormaliseOptions extends NormalisationOptions {
  /** What the residual stream adds to `input`. */
  readonly residual: ValueName;
}

/** Returns the normalised sum and the sum itself, which is the residual stream from here on. */
export function addAndNormalise(
  { graph }: ModelBuild,
  { name, input, residual, weight, epsilon }: AddAndNormaliseOptions,
): { readonly normalised: ValueName; readonly sum: ValueName } {
  graph.weights(floatWeight(weight));
  const sum = `${name}/sum`;
  const normalised = graph.node('SkipSimplifiedLayerNormalization', {
    name: `${name}/SkipSimplifiedLayerNormalization`,
    domain: 'com.microsoft',
    inputs: [residual, input, weight.name],
    outputs: [`${name}/normalised`, absent, absent, sum],
    attributes: { epsilon: float(epsilon) },
  });
  return { normalised, sum };
}
