/** Opens a model folder on the first device that takes it: files and memory checked, tokenizer and graph held against config.json. */
import { totalmem } from 'node:os';
import { basename } from 'node:path';
import type { Device, DeviceFallback, DeviceProbe, DeviceWish, MemoryPlan } from '../contract/devices.ts';
import type { LoadedModel } from '../contract/engine.ts';
import { WorkbenchError } from '../contract/errors.ts';
import type { EngineFingerprint } from '../contract/fingerprint.ts';
import { silentLogger, type Logger } from '../logger/index.ts';
import { ChatTemplate, Tokenizer } from '../tokenizer/index.ts';
import { CachePool } from './cache-pool.ts';
import { cacheFingerprint } from './cache-store/fingerprint.ts';
import { SavedCaches } from './cache-store/saved-caches.ts';
import { chooseDevice, type DeviceAttempt } from './devices/choose-device.ts';
import { availableMemoryBytes } from './devices/host-memory.ts';
import { planMemory, requireFits } from './devices/memory-plan.ts';
import { fingerprintOf } from './engine-fingerprint.ts';
import type { CacheType } from './cache-storage.ts';
import { LanguageModel } from './language-model.ts';
import { cacheBytesPerToken, parameterCount, readModelConfig, type ModelConfig } from './model-config.ts';
import { findModelFile, graphsIn, type ModelFile } from './model-files.ts';
import { stopIdsOf } from './stop-ids.ts';
import { sensibleThreadCount } from './threads.ts';

export interface OpenModel {
  description: LoadedModel;
  model: LanguageModel;
  caches: CachePool;
  savedCaches: SavedCaches;
  tokenizer: Tokenizer;
  /** Read when first asked for, so that a base model without a template loads too. */
  chatTemplate: () => Promise<ChatTemplate>;
  /** For receipts. */
  identity: () => Promise<EngineFingerprint>;
}

interface OpenedOn {
  identity: () => Promise<EngineFingerprint>;
  device: Device;
  file: ModelFile;
  config: ModelConfig;
  tokenizer: Tokenizer;
  model: LanguageModel;
  memoryPlan: MemoryPlan;
}

/**
 * A device that fails is followed by the next one; what the CPU says, which is the last, is thrown.
 * @throws WorkbenchError `MODEL_NOT_FOUND`, `MODEL_FILE_MISSING`, `MODEL_FILE_CORRUPT`, `MODEL_FILE_UNSAFE`, `MODEL_SHAPE_MISMATCH`,
 * `TOKENIZER_INVALID`, `MEMORY_INSUFFICIENT`
 */
export async function openModel(
  folder: string,
  wish: DeviceWish,
  probes: readonly DeviceProbe[] = [],
  logger: Logger = silentLogger,
): Promise<OpenModel> {
  const startedAt = performance.now();
  const threads = sensibleThreadCount();
  const { attempts, rejected } = chooseDevice(wish, probes, await graphsIn(folder));
  const failed: DeviceFallback[] = [];
  const { device, file, config, tokenizer, model, memoryPlan, identity } = await firstThatOpens(
    folder,
    attempts,
    threads,
    failed,
  );
  const fingerprint = async () => cacheFingerprint(file, await identity(), device, threads);
  const savedCaches = new SavedCaches(fingerprint, logger);
  let template: Promise<ChatTemplate> | null = null;
  return {
    model,
    caches: new CachePool({
      newCache: () => model.newCache(),
      budgetBytes: cacheBudget(config, model.cacheType, device, memoryPlan),
      backup: () => savedCaches.backup,
    }),
    savedCaches,
    tokenizer,
    identity,
    chatTemplate: () => (template ??= ChatTemplate.load(folder)),
    description: {
      folder,
      name: basename(folder),
      file: file.name,
      device,
      deviceFallbacks: [...rejected, ...failed],
      threads,
      contextLength: config.contextLength,
      vocabularySize: config.vocabularySize,
      layers: config.layers,
      hiddenSize: config.hiddenSize,
      parameterCount: parameterCount(config),
      weightBytes: file.byteLength,
      cacheBytesPerToken: cacheBytesPerToken(config, model.cacheType),
      memoryPlan,
      tokenizerHash: tokenizer.hash,
      stopIds: stopIdsOf(tokenizer, config.endIds),
      isExact: model.isExact,
      loadMs: performance.now() - startedAt,
    },
  };
}

async function firstThatOpens(
  folder: string,
  attempts: readonly DeviceAttempt[],
  threads: number,
  failed: DeviceFallback[],
): Promise<OpenedOn> {
  for (const attempt of attempts) {
    try {
      return await openOn(folder, attempt, threads);
    } catch (error) {
      if (attempt.device === 'cpu') throw error;
      const { code, message } = WorkbenchError.from(error);
      const reason = code === 'MEMORY_INSUFFICIENT' ? 'not-enough-memory' : 'load-failed';
      failed.push({ device: attempt.device, reason, detail: message });
    }
  }
  throw new WorkbenchError('INTERNAL', 'No device was tried.', { action: 'Report this: the CPU is always tried.' });
}

async function openOn(folder: string, { device, graphs, probe }: DeviceAttempt, threads: number): Promise<OpenedOn> {
  const file = await findModelFile(folder, graphs);
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
  // An adapter in software computes in the memory of the machine.
  const isInHostMemory = probe === null || probe.isSoftware === true;
  const memoryPlan = planMemory(file, config, isInHostMemory ? availableMemoryBytes() : probe.memoryBytes);
  requireFits(memoryPlan, config);
  const identity = await fingerprintOf(folder, file.name);
  const model = await LanguageModel.open(file, config, { device, threads });
  return { device, file, config, tokenizer, model, memoryPlan, identity };
}

/**
 * For all sequences together: two whole contexts, so that an edit near the end of a long conversation can keep both branches, but
 * no more than a quarter of the machine's memory, and on a device with memory of its own what the plan leaves there.
 */
function cacheBudget(config: ModelConfig, type: CacheType, device: Device, plan: MemoryPlan): number {
  const twoContexts = 2 * config.contextLength * cacheBytesPerToken(config, type);
  const room =
    device === 'cpu'
      ? Math.min(totalmem(), process.constrainedMemory() || Infinity) / 4
      : plan.contextThatFits * plan.cacheBytesPerToken;
  return Math.min(twoContexts, room);
}
