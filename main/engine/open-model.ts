/** Opens a model folder: files checked, tokenizer and graph held against config.json, one token run. */
import { totalmem } from 'node:os';
import { basename } from 'node:path';
import type { Device, LoadedModel } from '../contract/engine.ts';
import { WorkbenchError } from '../contract/errors.ts';
import type { EngineFingerprint } from '../contract/fingerprint.ts';
import { ChatTemplate, Tokenizer } from '../tokenizer/index.ts';
import { CachePool } from './cache-pool.ts';
import { fingerprintOf } from './engine-fingerprint.ts';
import type { CacheType } from './kv-cache.ts';
import { LanguageModel } from './language-model.ts';
import { cacheBytesPerToken, parameterCount, readModelConfig, type ModelConfig } from './model-config.ts';
import { findModelFile } from './model-files.ts';
import { stopIdsOf } from './stop-ids.ts';
import { sensibleThreadCount } from './threads.ts';

export interface OpenModel {
  description: LoadedModel;
  model: LanguageModel;
  caches: CachePool;
  tokenizer: Tokenizer;
  /** Read when first asked for, so that a base model without a template loads too. */
  chatTemplate: () => Promise<ChatTemplate>;
  /** For receipts. */
  identity: () => Promise<EngineFingerprint>;
}

/** @throws WorkbenchError `MODEL_NOT_FOUND`, `MODEL_FILE_MISSING`, `MODEL_FILE_CORRUPT`, `MODEL_FILE_UNSAFE`, `MODEL_SHAPE_MISMATCH`, `TOKENIZER_INVALID` */
export async function openModel(folder: string, device: Device | 'auto'): Promise<OpenModel> {
  const startedAt = performance.now();
  const file = await findModelFile(folder);
  const config = await readModelConfig(folder);
  const tokenizer = await Tokenizer.load(folder);
  if (tokenizer.vocabularySize > config.vocabularySize) {
    throw new WorkbenchError(
      'TOKENIZER_INVALID',
      `The tokenizer of ${folder} has ${tokenizer.vocabularySize} tokens, config.json ${config.vocabularySize}.`,
      {
        action: 'Take both files from the same model.',
        details: { path: folder, reason: 'more tokens than the model' },
      },
    );
  }
  const identity = await fingerprintOf(folder, file.name);
  const threads = sensibleThreadCount();
  const model = await LanguageModel.open(file, config, threads);
  let template: Promise<ChatTemplate> | null = null;
  return {
    model,
    caches: new CachePool({ newCache: () => model.newCache(), budgetBytes: cacheBudget(config, model.cacheType) }),
    tokenizer,
    identity,
    chatTemplate: () => (template ??= ChatTemplate.load(folder)),
    description: {
      folder,
      name: basename(folder),
      file: file.name,
      device: 'cpu',
      deviceReason: device === 'cpu' ? 'as-requested' : 'only-cpu-supported',
      threads,
      contextLength: config.contextLength,
      vocabularySize: config.vocabularySize,
      layers: config.layers,
      hiddenSize: config.hiddenSize,
      parameterCount: parameterCount(config),
      weightBytes: file.byteLength,
      cacheBytesPerToken: cacheBytesPerToken(config, model.cacheType),
      tokenizerHash: tokenizer.hash,
      stopIds: stopIdsOf(tokenizer, config.endIds),
      isExact: model.isExact,
      loadMs: performance.now() - startedAt,
    },
  };
}

/**
 * For all sequences together: two whole contexts, so that an edit near the end of a long conversation can keep both branches, but
 * no more than a quarter of the machine's memory.
 */
function cacheBudget(config: ModelConfig, type: CacheType): number {
  return Math.min(2 * config.contextLength * cacheBytesPerToken(config, type), totalmem() / 4);
}
