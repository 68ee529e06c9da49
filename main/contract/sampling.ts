/**
 * How the next token is chosen. Names and neutral values follow the field's use (transformers, llama.cpp, OpenAI);
 * docs/sampling.md says in which order the steps run.
 */
import { z } from 'zod';

const mostStrings = 64;
const longestString = 500;
const strings = z.array(z.string().min(1).max(longestString)).max(mostStrings);

/** What an answer must be. `gbnf` is llama.cpp's notation; its start rule is `root`. */
export const grammarSchema = z.object({
  type: z.enum(['json-schema', 'regex', 'gbnf']),
  source: z.string().min(1).max(200_000),
});
export type Grammar = z.infer<typeof grammarSchema>;

const first = {
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
  /** Upper bound of generated tokens, without those that an answer was begun with; `null` is bounded by the context only. */
  maxTokens: z.int().positive().nullable(),
};

const later = {
  /** Locally typical sampling (Meister et al. 2023, arXiv:2202.00666): mass kept around the entropy; 1 keeps all. */
  typicalP: z.number().gt(0).max(1),
  /** Taken from a token's logit for each time that the answer, not the prompt, has it already; 0 is off. OpenAI's definition. */
  frequencyPenalty: z.number().min(-2).max(2),
  /** Taken once from the logits of all tokens that the answer, not the prompt, has already; 0 is off. OpenAI's definition. */
  presencePenalty: z.number().min(-2).max(2),
  /** Token id (in decimal) to what is added to its logit. */
  logitBias: z
    .record(z.string().regex(/^(0|[1-9]\d{0,8})$/), z.number().min(-100).max(100))
    .refine((biases) => Object.keys(biases).length <= 1_024, { message: 'At most 1024 tokens can have a bias.' }),
  /** Texts that the answer never contains, whichever tokens would spell them. */
  bannedStrings: strings,
  /** The answer ends before the first of these, which is not shown. */
  stopStrings: strings,
  grammar: grammarSchema.nullable(),
};

/** What was stored before a value existed has its neutral one. */
export const samplingSchema = z.object({
  ...first,
  typicalP: later.typicalP.default(1),
  frequencyPenalty: later.frequencyPenalty.default(0),
  presencePenalty: later.presencePenalty.default(0),
  logitBias: later.logitBias.default({}),
  bannedStrings: later.bannedStrings.default([]),
  stopStrings: later.stopStrings.default([]),
  grammar: later.grammar.default(null),
});
export type Sampling = z.infer<typeof samplingSchema>;

/** Some of the values; unlike a partial `samplingSchema`, it fills nothing in. */
export const samplingChangeSchema = z.object({ ...first, ...later }).partial();

/** Lucie's published generation defaults (generation_config.json: temperature 0.6), everything else neutral. */
export const defaultSampling: Sampling = {
  temperature: 0.6,
  topK: 0,
  topP: 1,
  minP: 0,
  repetitionPenalty: 1,
  seed: null,
  maxTokens: null,
  typicalP: 1,
  frequencyPenalty: 0,
  presencePenalty: 0,
  logitBias: {},
  bannedStrings: [],
  stopStrings: [],
  grammar: null,
};
