/** An ONNX session: runs ids after what a cache holds, gives logits. Any number of caches may take turns. */
import { Tensor } from 'onnxruntime-node';
import type { Device } from '../contract/devices.ts';
import { WorkbenchError } from '../contract/errors.ts';
import { checkGraph, shapeMismatch } from './graph-contract.ts';
import { HostStorage, type CacheStorage, type CacheType } from './cache-storage.ts';
import { DeviceStorage } from './devices/device-storage.ts';
import { GpuBuffers } from './devices/gpu-buffers.ts';
import { KvCache } from './kv-cache.ts';
import type { ModelConfig } from './model-config.ts';
import type { ModelFile } from './model-files.ts';
import { ModelSession, type Computing } from './model-session.ts';
import { PrefillPace } from './prefill-pace.ts';
import { planRows } from './row-plan.ts';

/** Tokens of the run that proves a model; an even number, because it is also run in halves. */
const provedTokens = 4;

interface Opened {
  session: ModelSession;
  device: Device;
  buffers: GpuBuffers | null;
  cacheType: CacheType;
}

export class LanguageModel {
  readonly config: ModelConfig;
  readonly #file: ModelFile;
  readonly #session: ModelSession;
  /** Makes the caches of a model that runs on WebGPU. */
  readonly #buffers: GpuBuffers | null;
  readonly #device: Device;
  readonly #attended: BigInt64Array;
  /** As the graph stores keys and values: int8 takes a quarter of the memory and of the copying that every step costs. */
  readonly cacheType: CacheType;
  /** How fast this model reads prompts on this machine. */
  readonly pace = new PrefillPace();
  #isExact = false;

  /** @throws WorkbenchError `MODEL_FILE_CORRUPT`, `MODEL_SHAPE_MISMATCH` */
  static async open(file: ModelFile, config: ModelConfig, computing: Computing): Promise<LanguageModel> {
    const { device } = computing;
    const session = await ModelSession.open(file, computing).catch((cause: unknown) => {
      throw unusable(file, cause);
    });
    let buffers: GpuBuffers | null = null;
    try {
      const cacheType = checkGraph(file.name, session, config);
      if (device === 'webgpu' && cacheType !== 'int8') buffers = await GpuBuffers.open(cacheType);
      const model = new LanguageModel(file, config, { session, device, buffers, cacheType });
      await model.#proveThatItRuns();
      return model;
    } catch (error) {
      await buffers?.release();
      await session.release();
      throw error;
    }
  }

  private constructor(file: ModelFile, config: ModelConfig, { session, device, buffers, cacheType }: Opened) {
    this.#file = file;
    this.config = config;
    this.#session = session;
    this.#device = device;
    this.#buffers = buffers;
    this.#attended = new BigInt64Array(Math.max(config.contextLength, provedTokens)).fill(1n);
    this.cacheType = cacheType;
  }

  /** Seen at loading: on this processor a prompt gives the same bits however it is cut into runs (`row-plan.ts`). Never promised of a GPU. */
  get isExact(): boolean {
    return this.#isExact;
  }

  newCache(): KvCache {
    return new KvCache(this.config, this.cacheType, this.#newStorage());
  }

  /**
   * Runs `ids` after what the cache holds and adds them to it.
   * @returns the logits of the last `kept` of them, in order; each has `vocabularySize` values and lives until it is dropped
   */
  async feed(cache: KvCache, ids: readonly number[], kept = 1): Promise<Float32Array[]> {
    // A device computes a row as it computes many, or not; its fused kernels are for one.
    const plan = planRows(cache.ids, ids, kept, this.#device !== 'cpu');
    const end = plan.start + plan.ids.length;
    await cache.reserve(end);
    const logits = await this.#session.run({
      inputs: {
        input_ids: new Tensor('int64', BigInt64Array.from(plan.ids, BigInt), [1, plan.ids.length]),
        attention_mask: new Tensor('int64', this.#attended.subarray(0, end), [1, end]),
        num_logits_to_keep: new Tensor('int64', BigInt64Array.of(BigInt(plan.kept)), []),
        ...cache.past(),
      },
      present: cache.present(),
      logitsShape: [1, plan.kept, this.config.vocabularySize],
    });
    const rows = this.#rowsOf(logits, plan.kept);
    cache.accept(plan.start, plan.ids.slice(0, plan.accepted));
    return rows.slice(plan.wanted.from, plan.wanted.to);
  }

  async release(): Promise<void> {
    await this.#buffers?.release();
    await this.#session.release();
  }

  #newStorage(): CacheStorage {
    if (this.#buffers === null || this.cacheType === 'int8') return new HostStorage(this.config, this.cacheType);
    return new DeviceStorage(this.#buffers, this.config, this.cacheType);
  }

  #rowsOf(logits: Tensor, kept: number): Float32Array[] {
    const { vocabularySize } = this.config;
    const expected = [1, kept, vocabularySize];
    if (logits.dims.join() !== expected.join()) {
      throw shapeMismatch(this.#file.name, 'output logits', `[${logits.dims.join(', ')}]`, `[${expected.join(', ')}]`);
    }
    const data = logits.data as Float32Array;
    return Array.from({ length: kept }, (_, row) => data.subarray(row * vocabularySize, (row + 1) * vocabularySize));
  }

  /**
   * A few tokens through the whole graph, once in one run and once in two: what only shows when it runs shows at loading, the
   * first answer starts warm, and whether this processor's kernels keep the promise of `row-plan.ts` is seen, not assumed.
   */
  async #proveThatItRuns(): Promise<void> {
    const ids = Array.from({ length: provedTokens }, (_, i) => i % this.config.vocabularySize);
    const whole = await this.#lastLogits([ids]);
    if (!whole.every(Number.isFinite)) {
      throw new WorkbenchError('MODEL_FILE_CORRUPT', `${this.#file.path} computes values that are not numbers.`, {
        action: 'Its weights are damaged: download or export the model again.',
        details: { file: this.#file.name },
      });
    }
    const halves = [ids.slice(0, provedTokens / 2), ids.slice(provedTokens / 2)];
    const cut = await this.#lastLogits(halves);
    this.#isExact = this.#device === 'cpu' && whole.every((value, i) => value === cut[i]);
    if (!this.#session.canCopyNothing) return;
    this.#session.copiesNothing = true;
    const inPlace = await this.#lastLogits(halves).catch(() => null);
    this.#session.copiesNothing = inPlace?.every((value, i) => value === cut[i]) ?? false;
  }

  /** Of the last of these runs, over a cache of their own. */
  async #lastLogits(runs: readonly (readonly number[])[]): Promise<Float32Array> {
    const cache = this.newCache();
    let last = new Float32Array(0);
    try {
      for (const ids of runs)
        last = ((await this.feed(cache, ids))[0] as Float32Array<ArrayBuffer> | undefined) ?? last;
      return last;
    } catch (cause) {
      throw cause instanceof WorkbenchError ? cause : unusable(this.#file, cause);
    } finally {
      cache.dispose();
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
