/**
 * How a prompt is cut for prefilling, and how much of it the cache may stand for.
 *
 * ONNX Runtime multiplies a single row of an int4 matrix with another kernel than two rows and more: on the demo model the
 * logits then differ by up to 0.08, while all chunk sizes from 2 on agree to 3e-6 for nearly every prompt, and else by the
 * rounding of one activation (`test/parity/engine`). So no token of a prompt is run alone where that can be avoided: the chunks
 * are of even size, and at least the last two tokens are run.
 */

/** Small enough that a cancellation during a long prompt is felt at once. */
export const largestChunk = 64;

/** How many tokens of the prompt are not run, given how many the cache holds. */
export function reusableLength(cachedLength: number, promptLength: number): number {
  return Math.max(0, Math.min(cachedLength, promptLength - 2));
}

/** Sizes of the chunks, in order; they add up to `total` and differ by at most one. */
export function chunkSizes(total: number): number[] {
  const count = Math.ceil(total / largestChunk);
  return Array.from(
    { length: count },
    (_, i) => Math.floor(((i + 1) * total) / count) - Math.floor((i * total) / count),
  );
}
