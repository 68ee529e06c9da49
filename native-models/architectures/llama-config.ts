/**
 * The part of a Llama config.json that decides the graph, parsed once. What this version cannot export is refused by name:
 * a wrong graph that runs would be worse.
 */
import { z } from 'zod';
import { ExportError } from '../export-error.ts';
import type { RotaryScaling } from '../operators/rotary-frequencies.ts';
import { rotaryParameters, rotaryScaling } from './rotary-config.ts';

const positive = z.int().positive();

const schema = z
  .object({
    model_type: z.literal('llama'),
    vocab_size: positive,
    hidden_size: positive,
    intermediate_size: positive,
    num_hidden_layers: positive,
    num_attention_heads: positive,
    num_key_value_heads: positive.optional(),
    head_dim: positive.nullish(),
    hidden_act: z.string(),
    rms_norm_eps: z.number().positive(),
    rope_theta: z.number().positive().default(10_000),
    rope_scaling: rotaryParameters.nullish(),
    /** transformers 5 writes theta and scaling into one object. */
    rope_parameters: rotaryParameters.nullish(),
    max_position_embeddings: positive,
    tie_word_embeddings: z.boolean().default(false),
    attention_bias: z.boolean().default(false),
    mlp_bias: z.boolean().default(false),
  })
  .loose();

export interface LlamaConfig {
  readonly vocabularySize: number;
  readonly hiddenSize: number;
  readonly intermediateSize: number;
  readonly layers: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly headDimension: number;
  readonly normalisationEpsilon: number;
  readonly rotaryTheta: number;
  readonly rotaryScaling: RotaryScaling;
  /** Positions the model was made for: the length of the rotary cache. */
  readonly contextLength: number;
  /** The output matrix is the embedding. */
  readonly tiedEmbeddings: boolean;
  /** All four projections of attention have a bias. */
  readonly attentionBias: boolean;
  /** All three projections of the feed-forward block have a bias. */
  readonly mlpBias: boolean;
}

/** Throws `config.invalid` for a missing or wrong field, `config.unsupported` for a valid one that is beyond this version. */
export function parseLlamaConfig(json: unknown): LlamaConfig {
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    throw new ExportError(
      'config.invalid',
      `config.json is not a Llama configuration: ${z.prettifyError(parsed.error)}`,
      {
        action: 'Use the config.json that was published with the weights.',
        details: { fields: parsed.error.issues.map((issue) => issue.path.join('.')) },
      },
    );
  }
  const config = parsed.data;
  const heads = config.num_attention_heads;
  const keyValueHeads = config.num_key_value_heads ?? heads;
  const headDimension = config.head_dim ?? config.hidden_size / heads;
  requireSupported('hidden_act', config.hidden_act, config.hidden_act === 'silu');
  requireSupported('num_key_value_heads', keyValueHeads, heads % keyValueHeads === 0);
  requireSupported('head_dim', headDimension, Number.isInteger(headDimension) && headDimension % 2 === 0);
  const rotary = config.rope_parameters ?? config.rope_scaling ?? null;
  const scaling = rotaryScaling(rotary, config.max_position_embeddings);
  return {
    vocabularySize: config.vocab_size,
    hiddenSize: config.hidden_size,
    intermediateSize: config.intermediate_size,
    layers: config.num_hidden_layers,
    heads,
    keyValueHeads,
    headDimension,
    normalisationEpsilon: config.rms_norm_eps,
    rotaryTheta: rotary?.rope_theta ?? config.rope_theta,
    rotaryScaling: scaling,
    contextLength: Math.floor(config.max_position_embeddings * (scaling.kind === 'dynamic' ? scaling.factor : 1)),
    tiedEmbeddings: config.tie_word_embeddings,
    attentionBias: config.attention_bias,
    mlpBias: config.mlp_bias,
  };
}

function requireSupported(field: string, value: unknown, supported: boolean): void {
  if (supported) return;
  throw new ExportError(
    'config.unsupported',
    `config.json sets "${field}" to ${JSON.stringify(value)}, which cannot be exported yet.`,
    {
      action: 'Choose another model: this version exports Llama models as Lucie-7B is one.',
      details: { field, value: JSON.stringify(value) },
    },
  );
}
