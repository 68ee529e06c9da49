/** Greedy decoding by onnxruntime-node alone, over the graph contract: what every peer's answer is compared with. */
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { emptyPast } from '../../native-models/demo/logits.ts';
import { largest } from '../parity/export/onnx-model.ts';

export interface GreedyOptions {
  readonly prompt: readonly number[];
  readonly steps: number;
  /** The answer ends with the first of these, which is a part of it. */
  readonly stopIds: readonly number[];
}

export class OwnGreedy {
  readonly #session: InferenceSession;

  private constructor(session: InferenceSession) {
    this.#session = session;
  }

  static async open(path: string): Promise<OwnGreedy> {
    return new OwnGreedy(await InferenceSession.create(path, { executionProviders: ['cpu'] }));
  }

  async answer({ prompt, steps, stopIds }: GreedyOptions): Promise<number[]> {
    const answer: number[] = [];
    let past: Record<string, Tensor> = emptyPast(this.#session);
    let next = [...prompt];
    let length = 0;
    while (answer.length < steps) {
      length += next.length;
      const { logits, ...present } = await this.#session.run({
        input_ids: new Tensor('int64', BigInt64Array.from(next, BigInt), [1, next.length]),
        attention_mask: new Tensor('int64', new BigInt64Array(length).fill(1n), [1, length]),
        num_logits_to_keep: new Tensor('int64', BigInt64Array.of(1n), []),
        ...past,
      });
      const id = largest(logits?.data as Float32Array);
      answer.push(id);
      if (stopIds.includes(id)) break;
      past = Object.fromEntries(
        Object.entries(present).map(([name, value]) => [name.replace('present', 'past_key_values'), reusable(value)]),
      );
      next = [id];
    }
    return answer;
  }

  release(): Promise<void> {
    return this.#session.release();
  }
}

/**
 * onnxruntime-node hands out float16 as a `Float16Array`, and its tensors turn every float16 input into one, which its binding then
 * reads as empty; it takes the bits as a `Uint16Array`. transformers.js does the same.
 */
function reusable(value: Tensor): Tensor {
  if (value.type !== 'float16') return value;
  const { buffer, byteOffset, length } = value.data as Uint16Array;
  return Object.assign(value, { cpuData: new Uint16Array(buffer, byteOffset, length) });
}
