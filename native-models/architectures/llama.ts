/**
 * Llama (Touvron et al., 2023, https://arxiv.org/abs/2302.13971): RMS norms before each block, rotary grouped-query attention,
 * gated MLP; biases and an output tied to the embedding where the configuration has them (Lucie-7B has neither). Tensor names
 * are those of Hugging Face checkpoints.
 */
import type { ValueName } from '../onnx/graph-builder.ts';
import { attention } from '../operators/attention.ts';
import { embedding } from '../operators/embedding.ts';
import { gatedMlp } from '../operators/gated-mlp.ts';
import { keptPositions } from '../operators/kept-positions.ts';
import { logits } from '../operators/logits.ts';
import type { ModelBuild } from '../operators/model-build.ts';
import { addAndNormalise, normalise } from '../operators/normalisation.ts';
import { rotaryCache } from '../operators/rotary-cache.ts';
import { sequenceLengths } from '../operators/sequence-lengths.ts';
import type { LlamaConfig } from './llama-config.ts';

/** Adds the whole model, inputs and outputs included, to the graph under construction. */
export function buildLlama(build: ModelBuild, config: LlamaConfig): void {
  const { graph, weights } = build;
  const { hiddenSize, vocabularySize, normalisationEpsilon: epsilon } = config;
  const normWeight = (name: string) => weights.tensor(`${name}.weight`, [hiddenSize]);

  const ids = graph.input('input_ids', 'int64', ['batch_size', 'sequence_length']);
  const mask = graph.input('attention_mask', 'int64', ['batch_size', 'total_sequence_length']);
  const count = graph.input('num_logits_to_keep', 'int64', []);
  const lengths = sequenceLengths(graph, mask);
  const rotary = rotaryCache(graph, {
    positions: config.contextLength,
    headDimension: config.headDimension,
    theta: config.rotaryTheta,
    scaling: config.rotaryScaling,
  });
  const embeddingWeight = weights.tensor('model.embed_tokens.weight', [vocabularySize, hiddenSize]);

  let stream: ValueName = embedding(build, {
    name: '/model/embed_tokens',
    ids,
    weight: embeddingWeight,
  });
  let addition: ValueName | null = null;
  for (let layer = 0; layer < config.layers; layer++) {
    const prefix = `model.layers.${layer}`;
    const norm = { name: `/${prefix}/input_layernorm`, weight: normWeight(`${prefix}.input_layernorm`), epsilon };
    let normalised: ValueName;
    if (addition === null) normalised = normalise(build, { ...norm, input: stream });
    else ({ normalised, sum: stream } = addAndNormalise(build, { ...norm, input: addition, residual: stream }));
    const attended = attention(build, {
      ...config,
      layer,
      prefix: `${prefix}.self_attn`,
      bias: config.attentionBias,
      input: normalised,
      lengths,
      rotary,
    });
    const afterAttention = addAndNormalise(build, {
      name: `/${prefix}/post_attention_layernorm`,
      weight: normWeight(`${prefix}.post_attention_layernorm`),
      epsilon,
      input: attended,
      residual: stream,
    });
    stream = afterAttention.sum;
    addition = gatedMlp(build, {
      ...config,
      layer,
      prefix: `${prefix}.mlp`,
      bias: config.mlpBias,
      input: afterAttention.normalised,
    });
  }
  const hidden = graph.node('Add', { name: '/model/final_add/Add', inputs: [stream, addition ?? stream] });
  const normalised = normalise(build, {
    name: '/model/norm',
    weight: normWeight('model.norm'),
    epsilon,
    input: keptPositions(graph, { hidden, count }),
  });
  logits(build, {
    input: normalised,
    // A tied output is stored a second time: lookup and product lay out their blocks differently.
    weight: config.tiedEmbeddings
      ? { ...embeddingWeight, name: 'lm_head.weight' }
      : weights.tensor('lm_head.weight', [vocabularySize, hiddenSize]),
  });
}
