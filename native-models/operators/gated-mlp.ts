/**
 * The gated feed-forward block, `down(silu(gate(x)) * up(x))` (Shazeer, 2020, https://arxiv.org/abs/2002.05202). SiLU is written
 * as QuickGelu with alpha 1, which is the same function: ONNX Runtime's WebGPU provider fuses gate, up and activation in that form.
 */
import { float } from '../onnx/attributes.ts';
import type { ValueName } from '../onnx/graph-builder.ts';
import type { ModelBuild } from './model-build.ts';
import { projections } from './projections.ts';

export interface GatedMlpOptions {
  readonly layer: number;
  /** Where the weights are: `<prefix>.gate_proj.weight` and its two neighbours. */
  readonly prefix: string;
  /** Whether every projection has a bias beside its weight. */
  readonly bias?: boolean;
  /** Normalised hidden states, `[batch, sequence, hiddenSize]`. */
  readonly input: ValueName;
  readonly hiddenSize: number;
  readonly intermediateSize: number;
}

/** Returns what the block adds to the residual stream. */
export function gatedMlp(build: ModelBuild, options: GatedMlpOptions): ValueName {
  const { graph } = build;
  const { layer, prefix, bias = false, input, hiddenSize, intermediateSize } = options;
  const name = `/model/layers.${layer}/mlp`;
  const project = projections(build, { name, prefix, bias });
  const gate = project('gate_proj', input, intermediateSize, hiddenSize);
  const up = project('up_proj', input, intermediateSize, hiddenSize);
  const activated = graph.node('QuickGelu', {
    name: `${name}/QuickGelu`,
    domain: 'com.microsoft',
    inputs: [gate],
    attributes: { alpha: float(1) },
  });
  const product = graph.node('Mul', { name: `${name}/Mul`, inputs: [activated, up] });
  return project('down_proj', product, hiddenSize, intermediateSize);
}
