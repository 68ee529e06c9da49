/** How the next token is chosen. Names and neutral values follow the field's use (transformers, llama.cpp). */
import { z } from 'zod';

export const samplingSchema = z.object({
  /** 0 is greedy decoding: the most probable token, no random draw. */
  temperature: z.number().min(0).max(5),
  /** Keep only the k most probable tokens; 0 keeps all. */
  topK: z.int().min(0).max(1_000_000),
  /** Nucleus sampling (Holtzman et al. 2020, arXiv:1904.09751): smallest set whose probability reaches p; 1 keeps all. */
  topP: z.number().gt(0).max(1),
  /** Keep tokens at least this fraction as probable as the best one (Nguyen et al. 2024, arXiv:2407.01082); 0 keeps all. */
  minP: z.number().min(0).max(1),
  /** Divides positive and multiplies negative logits of seen tokens (Keskar et al. 2019, arXiv:1909.05858); 1 is off. */
  repetitionPenalty: z.number().gt(0).max(10),
  /** Same seed, same ids, same settings: same answer. `null` draws a seed, which is reported back. */
  seed: z.int().min(0).max(0xffff_ffff).nullable(),
  /** Upper bound of generated tokens; `null` is bounded by the context only. */
  maxTokens: z.int().positive().nullable(),
});
export type Sampling = z.infer<typeof samplingSchema>;

/** Lucie's published generation defaults (generation_config.json: temperature 0.6), everything else neutral. */
export const defaultSampling: Sampling = {
  temperature: 0.6,
  topK: 0,
  topP: 1,
  minP: 0,
  repetitionPenalty: 1,
  seed: null,
  maxTokens: null,
};
