/** generation_config.json, as far as the files around the graph repeat it. */
import { z } from 'zod';
import { ExportError } from '../export-error.ts';

const tokenId = z.int().nonnegative();

const schema = z.object({
  bos_token_id: tokenId.nullish(),
  eos_token_id: z.union([tokenId, z.array(tokenId)]).nullish(),
  pad_token_id: tokenId.nullish(),
  do_sample: z.boolean().default(false),
  temperature: z.number().nonnegative().default(1),
  top_k: z.int().nonnegative().default(50),
  top_p: z.number().min(0).max(1).default(1),
  repetition_penalty: z.number().positive().default(1),
  max_length: z.int().positive().optional(),
});

export type GenerationSettings = z.infer<typeof schema>;

/** Throws `config.invalid`. */
export function parseGenerationSettings(json: unknown): GenerationSettings {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new ExportError('config.invalid', `generation_config.json: ${z.prettifyError(parsed.error)}`, {
    action: 'Use the generation_config.json that was published with the weights.',
    details: { fields: parsed.error.issues.map((issue) => issue.path.join('.')) },
  });
}
