/** What a repository of the hub holds and what it would cost to get: read from its listing and its config.json. */
import { z } from 'zod';
import { WorkbenchError } from '../contract/errors.ts';
import type { RepositoryDescription } from '../contract/model-family.ts';
import { checkConvertible } from '../convert/index.ts';
import {
  chooseModelFiles,
  freeBytes,
  HubAccess,
  listFiles,
  parseModelName,
  readSmallFile,
  resolveRevision,
  type HubFile,
} from '../hub/index.ts';
import { outputBytes } from './output-bytes.ts';

const configSchema = z.object({
  model_type: z.string(),
  architectures: z.array(z.string()).optional(),
  vocab_size: z.int().positive(),
  hidden_size: z.int().positive(),
  intermediate_size: z.int().positive(),
  num_hidden_layers: z.int().positive(),
  num_attention_heads: z.int().positive(),
  num_key_value_heads: z.int().positive().nullish(),
  head_dim: z.int().positive().nullish(),
  max_position_embeddings: z.int().positive(),
});

/** Somebody sits in front of it: an answer, or why there is none, within seconds. */
const retryWhileWaited = { attempts: 2, longestRetryAfterMs: 2_000, stallMs: 10_000 };

export interface InspectOptions {
  repository: string;
  revision: string;
  /** Where the model would lie. */
  modelsFolder: string;
  signal: AbortSignal;
}

/** @throws WorkbenchError `INVALID_INPUT`, `HUB_…`, `MODEL_FILE_MISSING`, `MODEL_FILE_CORRUPT`, `MODEL_UNSUPPORTED` */
export async function inspectRepository(
  options: InspectOptions,
  access = HubAccess.fromEnvironment(process.env, retryWhileWaited),
): Promise<RepositoryDescription> {
  const { modelsFolder, signal } = options;
  const { repository, revision } = parseModelName(`${options.repository}@${options.revision}`);
  const commit = await resolveRevision(access, repository, revision, signal);
  const files = chooseModelFiles(await listFiles(access, repository, commit, signal), null);
  const form = files.some(({ path }) => path.endsWith('.onnx')) ? 'onnx' : 'safetensors';
  const published = parseJson(await readSmallFile(access, { repository, commit }, configOf(files), signal));
  if (form === 'safetensors') checkConvertible(published);
  const config = parseConfig(published);
  const heads = config.num_attention_heads;
  const shape = {
    vocabularySize: config.vocab_size,
    hiddenSize: config.hidden_size,
    intermediateSize: config.intermediate_size,
    layers: config.num_hidden_layers,
    heads,
    keyValueHeads: config.num_key_value_heads ?? heads,
    headDimension: config.head_dim ?? config.hidden_size / heads,
  };
  return {
    repository: repository.name,
    revision,
    commit,
    form,
    sourceBytes: files.reduce((sum, { byteLength }) => sum + byteLength, 0),
    fileCount: files.length,
    architecture: config.architectures?.[0] ?? config.model_type,
    contextLength: config.max_position_embeddings,
    layers: shape.layers,
    hiddenSize: shape.hiddenSize,
    vocabularySize: shape.vocabularySize,
    outputBytes: form === 'onnx' ? null : outputBytes(shape),
    freeBytes: await freeBytes(modelsFolder),
  };
}

function configOf(files: readonly HubFile[]): HubFile {
  return files.find(({ path }) => path === 'config.json') as HubFile;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw notAModel('it is not JSON', cause);
  }
}

function parseConfig(json: unknown): z.infer<typeof configSchema> {
  const parsed = configSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw notAModel(z.prettifyError(parsed.error), parsed.error);
}

function notAModel(reason: string, cause: unknown): WorkbenchError {
  return new WorkbenchError('MODEL_FILE_CORRUPT', `config.json is not that of a language model: ${reason}`, {
    action: 'Choose the repository of a language model.',
    details: { file: 'config.json' },
    cause,
  });
}
