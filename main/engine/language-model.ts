/** An ONNX session with its cache: feeds ids that continue what the cache holds, gives the logits of the last one. */
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { WorkbenchError } from '../contract/errors.ts';
import { checkGraph, shapeMismatch } from './graph-contract.ts';
import { KvCache, type CacheType } from './kv-cache.ts';
import type { ModelConfig } from './model-config.ts';
import type { ModelFile } from './model-files.ts';

export class LanguageModel {
  readonly config: ModelConfig;
  readonly #file: ModelFile;
  readonly #session: InferenceSession;
  readonly #attended: BigInt64Array;
  readonly #oneRow = new Tensor('int64', BigInt64Array.of(1n), []);
  /** As the graph stores keys and values: int8 takes a quarter of the memory and of the copying that every step costs. */
  readonly cacheType: CacheType;
  #cache: KvCache;

  /** @throws WorkbenchError `MODEL_FILE_CORRUPT`, `MODEL_SHAPE_MISMATCH` */
  static async open(file: ModelFile, config: ModelConfig, threads: number): Promise<LanguageModel> {
    const options = { executionProviders: ['cpu'], intraOpNumThreads: threads, interOpNumThreads: 1 };
    const session = await InferenceSession.create(file.path, options).catch((cause: unknown) => {
      throw unusable(file, cause);
    });
    try {
      const cacheType = checkGraph(file.name, session, config);
      const model = new LanguageModel(file, config, session, cacheType);
      await model.#proveThatItRuns();
      return model;
    } catch (error) {
      await session.release();
      throw error;
    }
  }

  private constructor(file: ModelFile, config: ModelConfig, session: InferenceSession, cacheType: CacheType) {
    this.#file = file;
    this.config = config;
    this.#session = session;
    this.#attended = new BigInt64Array(config.contextLength).fill(1n);
    this.cacheType = cacheType;
    this.#cache = new KvCache(config, cacheType);
  }

  get cache(): KvCache {
    return this.#cache;
  }

  /** Runs `ids` after what the cache holds, adds them to it, and gives the last one's logits (`vocabularySize` values). */
  async feed(ids: readonly number[]): Promise<Float32Array> {
    const total = this.#cache.length + ids.length;
    const outputs = await this.#session.run({
      input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]),
      attention_mask: new Tensor('int64', this.#attended.subarray(0, total), [1, total]),
      num_logits_to_keep: this.#oneRow,
      ...this.#cache.past(),
    });
    const logits = outputs['logits'] as Tensor;
    const expected = [1, 1, this.config.vocabularySize];
    if (logits.dims.join() !== expected.join()) {
      throw shapeMismatch(this.#file.name, 'output logits', `[${logits.dims.join(', ')}]`, `[${expected.join(', ')}]`);
    }
    this.#cache.accept(ids, outputs);
    return logits.data as Float32Array;
  }

  async release(): Promise<void> {
    this.#cache = new KvCache(this.config, this.cacheType);
    await this.#session.release();
  }

  /** One token through the whole graph: what only shows when it runs shows at loading, and the first answer starts warm. */
  async #proveThatItRuns(): Promise<void> {
    const logits = await this.feed([0]).catch((cause: unknown) => {
      throw cause instanceof WorkbenchError ? cause : unusable(this.#file, cause);
    });
    this.#cache.rewind(0);
    if (!logits.every(Number.isFinite)) {
      throw new WorkbenchError('MODEL_FILE_CORRUPT', `${this.#file.path} computes values that are not numbers.`, {
        action: 'Its weights are damaged: download or export the model again.',
        details: { file: this.#file.name },
      });
    }
  }
}

/** ONNX Runtime reports both damaged files and inconsistent graphs by message only. */
function unusable(file: ModelFile, cause: unknown): WorkbenchError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const code = /shape ?inference|dimension|shape mismatch/i.test(reason)
    ? 'MODEL_SHAPE_MISMATCH'
    : 'MODEL_FILE_CORRUPT';
  return new WorkbenchError(code, `ONNX Runtime cannot use ${file.path}: ${reason}`, {
    action: 'Download or export the model again.',
    details: { file: file.name, reason, actual: reason, expected: 'a graph that ONNX Runtime can run' },
    cause,
  });
}
