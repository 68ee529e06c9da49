/**
 * model.safetensors.index.json: which shard holds which tensor. Its file names are only ever taken for files beside it.
 * Format: https://huggingface.co/docs/safetensors/index, written by `save_pretrained` of transformers.
 */
import { z } from 'zod';
import { ExportError } from '../export-error.ts';

export const shardIndexFileName = 'model.safetensors.index.json';

const fileName = z
  .string()
  .regex(/^[\w-][\w.-]*\.safetensors$/, 'a shard is named like model-00001-of-00003.safetensors, without a folder');

const schema = z.object({
  weight_map: z.record(z.string().min(1), fileName).refine((map) => Object.keys(map).length > 0, 'no tensor is listed'),
});

/** The shard of every tensor, by name; throws `safetensors.invalid`. */
export function parseShardIndex(json: Record<string, unknown>): ReadonlyMap<string, string> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return new Map(Object.entries(parsed.data.weight_map));
  throw new ExportError('safetensors.invalid', `${shardIndexFileName}: ${z.prettifyError(parsed.error)}`, {
    action: 'Use the index that was published with the weights.',
    details: { file: shardIndexFileName, fields: parsed.error.issues.map((issue) => issue.path.join('.')) },
  });
}
