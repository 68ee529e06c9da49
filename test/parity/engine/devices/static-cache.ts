/**
 * The graph on WebGPU with one set of key-value buffers: written in place, grown by doubling, and rewound by a shorter attention
 * mask alone. Greedy decoding over it is what the CPU's is compared with.
 */
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { cacheNames } from '../../../../main/engine/kv-cache.ts';
import { GpuBuffers, type GpuElementType } from '../../../../main/engine/devices/gpu-buffers.ts';
import { largest } from '../../export/onnx-model.ts';

const firstCapacity = 16;

export class StaticCacheModel {
  readonly #session: InferenceSession;
  readonly #buffers: GpuBuffers;
  readonly #names: readonly { past: string; present: string }[];
  #cache: Tensor[];
  #capacity = firstCapacity;
  #length = 0;

  static async open(path: string): Promise<StaticCacheModel> {
    const session = await InferenceSession.create(path, {
      executionProviders: [{ name: 'webgpu' }],
      logSeverityLevel: 3,
    });
    const pasts = session.inputMetadata.filter(({ name }) => name.startsWith('past_key_values.'));
    const [first] = pasts;
    if (first?.isTensor !== true) throw new TypeError(`${path} has no past_key_values.`);
    const [, heads = 0, , size = 0] = first.shape.map(Number);
    const buffers = await GpuBuffers.open(first.type as GpuElementType);
    const cache = await Promise.all(pasts.map(() => buffers.zeros([1, heads, firstCapacity, size])));
    return new StaticCacheModel(session, buffers, cacheNames(pasts.length / 2), cache);
  }

  private constructor(
    session: InferenceSession,
    buffers: GpuBuffers,
    names: readonly { past: string; present: string }[],
    cache: Tensor[],
  ) {
    this.#session = session;
    this.#buffers = buffers;
    this.#names = names;
    this.#cache = cache;
  }

  get capacity(): number {
    return this.#capacity;
  }

  rewind(length: number): void {
    this.#length = length;
  }

  /** The logits of the last id. */
  async feed(ids: readonly number[]): Promise<Float32Array> {
    await this.#makeRoom(this.#length + ids.length);
    this.#length += ids.length;
    const inPlace = this.#names.map(({ past, present }, i) => [past, present, this.#cache[i] as Tensor] as const);
    const { logits } = await this.#session.run(
      {
        input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]),
        attention_mask: new Tensor('int64', new BigInt64Array(this.#length).fill(1n), [1, this.#length]),
        num_logits_to_keep: new Tensor('int64', BigInt64Array.of(1n), []),
        ...Object.fromEntries(inPlace.map(([past, , tensor]) => [past, tensor])),
      },
      { logits: null, ...Object.fromEntries(inPlace.map(([, present, tensor]) => [present, tensor])) },
    );
    return logits?.data as Float32Array;
  }

  /** `prompt` in chunks of `chunk`, after what is kept; then `steps` ids, or fewer where one of `stopIds` comes. */
  async greedy(prompt: readonly number[], chunk: number, steps: number, stopIds: readonly number[]): Promise<number[]> {
    let logits = new Float32Array();
    for (let start = 0; start < prompt.length; start += chunk) {
      logits = (await this.feed(prompt.slice(start, start + chunk))) as Float32Array<ArrayBuffer>;
    }
    const ids = [largest(logits)];
    while (ids.length < steps && !stopIds.includes(ids.at(-1) as number)) {
      ids.push(largest(await this.feed(ids.slice(-1))));
    }
    return ids;
  }

  async release(): Promise<void> {
    for (const tensor of this.#cache) tensor.dispose();
    await this.#buffers.release();
    await this.#session.release();
  }

  async #makeRoom(length: number): Promise<void> {
    while (this.#capacity < length) {
      this.#capacity *= 2;
      for (const [i, tensor] of this.#cache.entries()) {
        this.#cache[i] = await this.#buffers.grow(tensor, this.#capacity);
        tensor.dispose();
      }
    }
  }
}
