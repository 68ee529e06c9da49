/**
 * genai_config.json, which lets onnxruntime-genai open the same folder. Its decoder does not know `num_logits_to_keep`:
 * a program there sets it as an extra model input (0 for all positions).
 * Reference: https://onnxruntime.ai/docs/genai/reference/config.html
 */
import type { Architecture } from '../architectures/registry.ts';
import type { GenerationSettings } from './generation-settings.ts';

export interface GenaiConfigOptions {
  readonly architecture: Architecture;
  readonly generation: GenerationSettings;
  /** Relative to the folder. */
  readonly modelPath: string;
}

export function genaiConfig({ architecture, generation, modelPath }: GenaiConfigOptions): Record<string, unknown> {
  const { shape } = architecture;
  const eos = generation.eos_token_id ?? 0;
  return {
    model: {
      type: architecture.modelType,
      bos_token_id: generation.bos_token_id ?? 0,
      eos_token_id: eos,
      pad_token_id: generation.pad_token_id ?? (Array.isArray(eos) ? (eos[0] ?? 0) : eos),
      context_length: shape.contextLength,
      vocab_size: shape.vocabularySize,
      decoder: {
        session_options: { log_id: 'onnxruntime-genai', provider_options: [] },
        filename: modelPath,
        head_size: shape.headDimension,
        hidden_size: shape.hiddenSize,
        num_attention_heads: shape.heads,
        num_hidden_layers: shape.layers,
        num_key_value_heads: shape.keyValueHeads,
        inputs: {
          input_ids: 'input_ids',
          attention_mask: 'attention_mask',
          past_key_names: 'past_key_values.%d.key',
          past_value_names: 'past_key_values.%d.value',
        },
        outputs: {
          logits: 'logits',
          present_key_names: 'present.%d.key',
          present_value_names: 'present.%d.value',
        },
      },
    },
    search: {
      diversity_penalty: 0,
      do_sample: generation.do_sample,
      early_stopping: true,
      length_penalty: 1,
      max_length: Math.min(generation.max_length ?? shape.contextLength, shape.contextLength),
      min_length: 0,
      no_repeat_ngram_size: 0,
      num_beams: 1,
      num_return_sequences: 1,
      past_present_share_buffer: true,
      repetition_penalty: generation.repetition_penalty,
      temperature: generation.temperature,
      top_k: generation.top_k,
      top_p: generation.top_p,
    },
  };
}
