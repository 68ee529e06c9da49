/** Runs an exported model once over a whole sequence, without a cache, and returns the logits of every position. */
import { Tensor, type InferenceSession } from 'onnxruntime-node';

const pastInput = /^past_key_values\.\d+\.(key|value)$/;

/** Row-major `[sequence, vocabulary]`. */
export async function sequenceLogits(session: InferenceSession, ids: readonly number[]): Promise<Float32Array> {
  const feeds: Record<string, Tensor> = {
    input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]),
    attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), [1, ids.length]),
    num_logits_to_keep: new Tensor('int64', BigInt64Array.of(0n), []),
  };
  for (const input of session.inputMetadata) {
    if (!pastInput.test(input.name) || !input.isTensor) continue;
    const [, heads = 0, , headDimension = 0] = input.shape.map(Number);
    feeds[input.name] = new Tensor('float32', new Float32Array(0), [1, heads, 0, headDimension]);
  }
  const { logits } = await session.run(feeds, ['logits']);
  if (logits === undefined || !(logits.data instanceof Float32Array)) {
    throw new TypeError(`"logits" should be float32; it is ${logits?.type ?? 'absent'}.`);
  }
  return logits.data;
}
