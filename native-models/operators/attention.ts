/**
 * Grouped-query attention (Ainslie et al., 2023, https://arxiv.org/abs/2305.13245) with rotary positions and the KV cache inside
 * one operator. The four projections stay separate: the WebGPU provider fuses exactly that shape. Rotation is of halves
 * (element i with i + headDimension / 2), as Llama checkpoints are published, not of neighbours.
 */
import { float, int } from '../onnx/attributes.ts';
import type { ValueName } from '../onnx/graph-builder.ts';
import type { ModelBuild } from './model-build.ts';
import { projections } from './projections.ts';
import type { RotaryCache } from './rotary-cache.ts';
import type { SequenceLengths } from './sequence-lengths.ts';

export interface AttentionOptions {
  readonly layer: number;
  /** Where the weights are: `<prefix>.q_proj.weight` and its three neighbours. */
  readonly prefix: string;
  /** Whether every projection has a bias beside its weight. */
  readonly bias?: boolean;
  /** Normalised hidden states, `[batch, sequence, hiddenSize]`. */
  readonly input: ValueName;
  readonly hiddenSize: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly headDimension: number;
  readonly lengths: SequenceLengths;
  readonly rotary: RotaryCache;
}

/** Adds the layer's past inputs and present outputs, and returns what it adds to the residual stream. */
export function attention(build: ModelBuild, options: AttentionOptions): ValueName {
  const { graph } = build;
  const {
    layer,
    prefix,
    bias = false,
    input,
    hiddenSize,
    heads,
    keyValueHeads,
    headDimension,
    lengths,
    rotary,
  } = options;
  const name = `/model/layers.${layer}/attn`;
  const project = projections(build, { name, prefix, bias });
  const cacheShape = (length: string) => ['batch_size', keyValueHeads, length, headDimension];
  const past = (part: 'key' | 'value') =>
    graph.input(`past_key_values.${layer}.${part}`, graph.floatType, cacheShape('past_sequence_length'));
  const present = { key: `present.${layer}.key`, value: `present.${layer}.value` };

  const query = project('q_proj', input, heads * headDimension, hiddenSize);
  const key = project('k_proj', input, keyValueHeads * headDimension, hiddenSize);
  const value = project('v_proj', input, keyValueHeads * headDimension, hiddenSize);
  const context = graph.node('GroupQueryAttention', {
    name: `${name}/GroupQueryAttention`,
    domain: 'com.microsoft',
    inputs: [
      query,
      key,
      value,
      past('key'),
      past('value'),
      lengths.lastPosition,
      lengths.total,
      rotary.cosines,
      rotary.sines,
    ],
    outputs: [`${name}/context`, present.key, present.value],
    attributes: {
      num_heads: int(heads),
      kv_num_heads: int(keyValueHeads),
      scale: float(1 / Math.sqrt(headDimension)),
      do_rotary: int(1),
      rotary_interleaved: int(0),
    },
  });
  for (const output of [present.key, present.value]) {
    graph.output(output, graph.floatType, cacheShape('total_sequence_length'));
  }
  return project('o_proj', context, hiddenSize, heads * headDimension);
}
