/**
 * One run of an exported graph over a KV cache that stays where it is: every past buffer is given as the present too, with a capacity
 * above what it holds, so ONNX Runtime writes in place. What a bench needs of an engine, and no more.
 */
import type { InferenceSession } from 'onnxruntime-node';
import { Tensor } from 'onnxruntime-node';

const pastName = /^past_key_values\.\d+\.(key|value)$/;

export class StaticCache {
  readonly #session: InferenceSession;
  readonly #pasts: Record<string, Tensor>;
  readonly #presents: Record<string, Tensor>;

  /** `capacity` in positions. Zeros stand for keys and values: reading them takes no less time. */
  constructor(session: InferenceSession, capacity: number) {
    this.#session = session;
    const entries = session.inputMetadata.flatMap((input): [string, Tensor][] => {
      if (!input.isTensor || !pastName.test(input.name)) return [];
      const [, heads, , size] = input.shape as number[];
      const shape = [1, heads ?? 0, capacity, size ?? 0];
      const length = shape.reduce((product, each) => product * each);
      const data = input.type === 'int8' ? new Int8Array(length) : new Float32Array(length);
      return [[input.name, new Tensor(data, shape)]];
    });
    this.#pasts = Object.fromEntries(entries);
    this.#presents = Object.fromEntries(
      entries.map(([name, tensor]) => [name.replace('past_key_values', 'present'), tensor]),
    );
  }

  /** Runs `ids` after the first `length` positions; the logits of the last `kept` of them (0: of all). */
  async run(ids: readonly number[], length: number, kept: number): Promise<Float32Array> {
    const total = length + ids.length;
    const outputs = await this.#session.run(
      {
        input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]),
        attention_mask: new Tensor('int64', new BigInt64Array(total).fill(1n), [1, total]),
        num_logits_to_keep: new Tensor('int64', BigInt64Array.of(BigInt(kept)), []),
        ...this.#pasts,
      },
      { logits: null, ...this.#presents },
    );
    return outputs['logits']?.data as Float32Array;
  }
}
