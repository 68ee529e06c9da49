/** A model folder's config.json and generation_config.json, checked once at the border. */
import { join } from 'node:path';
import { z } from 'zod';
import { WorkbenchError } from '../contract/errors.ts';
import { largestFile, readBounded } from '../files/read-bounded.ts';
import { cacheElementBytes, type CacheType } from './cache-storage.ts';

const idsSchema = z.union([z.int(), z.array(z.int())]).nullish();

const configSchema = z.object({
  model_type: z.string(),
  vocab_size: z.int().positive(),
  hidden_size: z.int().positive(),
  intermediate_size: z.int().positive(),
  num_hidden_layers: z.int().positive(),
  num_attention_heads: z.int().positive(),
  num_key_value_heads: z.int().positive().optional(),
  head_dim: z.int().positive().nullish(),
  max_position_embeddings: z.int().positive(),
  tie_word_embeddings: z.boolean().default(false),
  eos_token_id: idsSchema,
});

const generationConfigSchema = z.object({ eos_token_id: idsSchema });

export interface ModelConfig {
  vocabularySize: number;
  hiddenSize: number;
  intermediateSize: number;
  layers: number;
  heads: number;
  kvHeads: number;
  headDim: number;
  contextLength: number;
  tiedEmbeddings: boolean;
  /** End-of-sequence ids of both files. */
  endIds: number[];
}

/** @throws WorkbenchError `MODEL_FILE_MISSING`, `MODEL_FILE_CORRUPT`, `MODEL_FILE_UNSAFE` */
export async function readModelConfig(folder: string): Promise<ModelConfig> {
  const config = await readJson(folder, 'config.json', configSchema);
  if (config === null) {
    throw new WorkbenchError('MODEL_FILE_MISSING', `The model folder ${folder} has no config.json.`, {
      action: 'Choose the folder that holds config.json, tokenizer.json and onnx/, or download the model again.',
      details: { folder, file: 'config.json' },
    });
  }
  const generation = await readJson(folder, 'generation_config.json', generationConfigSchema);
  const heads = config.num_attention_heads;
  return {
    vocabularySize: config.vocab_size,
    hiddenSize: config.hidden_size,
    intermediateSize: config.intermediate_size,
    layers: config.num_hidden_layers,
    heads,
    kvHeads: config.num_key_value_heads ?? heads,
    headDim: config.head_dim ?? config.hidden_size / heads,
    contextLength: config.max_position_embeddings,
    tiedEmbeddings: config.tie_word_embeddings,
    endIds: [...new Set([...listOf(generation?.eos_token_id), ...listOf(config.eos_token_id)])],
  };
}

/** Parameters of a Llama without biases: embeddings, attention, gated MLP, two norms a layer and the last one. */
export function parameterCount(config: ModelConfig): number {
  const { vocabularySize, hiddenSize, intermediateSize, layers, heads, kvHeads, headDim, tiedEmbeddings } = config;
  const embeddings = vocabularySize * hiddenSize * (tiedEmbeddings ? 1 : 2);
  const attention = 2 * hiddenSize * heads * headDim + 2 * hiddenSize * kvHeads * headDim;
  return embeddings + layers * (attention + 3 * hiddenSize * intermediateSize + 2 * hiddenSize) + hiddenSize;
}

/** Keys and values of one position. */
export function cacheBytesPerToken(config: ModelConfig, type: CacheType = 'float32'): number {
  return config.layers * 2 * config.kvHeads * config.headDim * cacheElementBytes(type);
}

/** `null` where the file is absent. */
async function readJson<Schema extends z.ZodType>(
  folder: string,
  file: string,
  schema: Schema,
): Promise<z.infer<Schema> | null> {
  const path = join(folder, file);
  let text: string;
  try {
    text = await readBounded(path, largestFile.config);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    if (cause instanceof WorkbenchError) throw cause;
    throw corrupt(folder, file, 'it cannot be read', cause);
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    const issues =
      cause instanceof z.ZodError
        ? cause.issues.map(({ path: at, message }) => `${at.join('.')}: ${message}`)
        : ['it is not JSON'];
    throw corrupt(folder, file, issues.join('; '), cause);
  }
}

function corrupt(folder: string, file: string, reason: string, cause: unknown): WorkbenchError {
  return new WorkbenchError('MODEL_FILE_CORRUPT', `${join(folder, file)} is not usable: ${reason}.`, {
    action: 'Download or export the model again.',
    details: { folder, file, reason },
    cause,
  });
}

function listOf(ids: z.infer<typeof idsSchema>): number[] {
  return ids === null || ids === undefined ? [] : [ids].flat();
}
