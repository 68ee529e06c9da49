/**
 * Where texts that begin alike part as tokens. Tokenisers join characters over the border of a text and its continuation, so the
 * ids of the text need not be the first ids of the whole (lm-evaluation-harness moves the spaces between them into the continuation
 * for that reason: lm_eval/api/model.py, `_encode_pair`). What all of them share is the prefix here, and the rest is the
 * continuation: then the sums differ exactly as the probabilities of the whole texts do.
 */
export function splitContinuations(
  textIds: readonly number[],
  wholeIds: readonly (readonly number[])[],
): { prefixIds: number[]; continuations: number[][] } {
  const shared = wholeIds.reduce((least, ids) => Math.min(least, commonLength(textIds, ids)), textIds.length);
  return { prefixIds: textIds.slice(0, shared), continuations: wholeIds.map((ids) => ids.slice(shared)) };
}

function commonLength(a: readonly number[], b: readonly number[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}
