/** Runs an exported model once over a whole sequence and returns the logits of every position. */
import { Tensor, type InferenceSession } from 'onnxruntime-node';

const pastInput = /^past_key_values\.\d+\.(key|value)$/;

/** What a cache that holds nothing is made of, by its element type. */
const emptyData = {
  float32: () => new Float32Array(0),
  float16: () => new Uint16Array(0),
  int8: () => new Int8Array(0),
};

/** Row-major `[sequence, vocabulary]`. Attention reads what it has just stored: an int8 cache counts in a single run too. */
export async function sequenceLogits(session: InferenceSession, ids: readonly number[]): Promise<Float32Array> {
  const { logits } = await session.run(
    {
      input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]),
      attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), [1, ids.length]),
      num_logits_to_keep: new Tensor('int64', BigInt64Array.of(0n), []),
      ...emptyPast(session),
    },
    ['logits'],
  );
  if (logits === undefined || !(logits.data instanceof Float32Array)) {
    throw new TypeError(`"logits" should be float32; it is ${logits?.type ?? 'absent'}.`);
  }
  return logits.data;
}

/** The cache inputs of a session's first run. */
export function emptyPast({ inputMetadata }: Pick<InferenceSession, 'inputMetadata'>): Record<string, Tensor> {
  return Object.fromEntries(
    inputMetadata.flatMap((input): [string, Tensor][] => {
      if (!pastInput.test(input.name) || !input.isTensor) return [];
      const { type, shape } = input;
      if (type !== 'float32' && type !== 'float16' && type !== 'int8') {
        throw new TypeError(`A cache of ${type} is not known here.`);
      }
      const [, heads = 0, , headDimension = 0] = shape.map(Number);
      return [[input.name, new Tensor(type, emptyData[type](), [1, heads, 0, headDimension])]];
    }),
  );
}
