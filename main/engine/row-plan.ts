/**
 * Which rows a run of the model gets.
 *
 * On the CPU no row is computed alone. ONNX Runtime's kernels work on tiles of 64 rows and treat the single row of a tile apart: its
 * sums are added in another order, and where activations are rounded to int8 a last bit becomes a step (up to 0.2 in the demo
 * model's logits). With two rows and more in every tile each row comes out the same to the last bit, whatever is run with it and
 * wherever a prompt is cut (`test/parity/engine/kv-cache.test.ts`). So a token that would be alone is run together with the one
 * before it: then a cache that was filled by an answer equals one that was filled by a prompt, and reuse, chunks and drafts change
 * nothing. A second row costs about a tenth of a run (docs/performance.md), because most of the time goes into reading the weights.
 */
export const tileRows = 64;

export interface RowPlan {
  /** Position of the first row. */
  start: number;
  ids: readonly number[];
  /** How many rows, from the first on, stay in the cache. */
  accepted: number;
  /** Logits to ask for, counted from the last row. */
  kept: number;
  /** Of those, what was wanted. */
  wanted: { from: number; to: number };
}

/**
 * Rows for `ids` after what the cache holds (`held`), with the logits of the last `kept` of them. `mayBeAlone` is for a device whose
 * kernels make no such difference, or where it is not worth a row.
 */
export function planRows(held: readonly number[], ids: readonly number[], kept: number, mayBeAlone = false): RowPlan {
  const last = ids.at(-1);
  if (last === undefined) throw new RangeError('A run needs at least one token.');
  const before = held.at(-1);
  const plan = { start: held.length, ids, accepted: ids.length };
  if (mayBeAlone) return { ...plan, kept, wanted: { from: 0, to: kept } };
  if (!leavesOneAlone(ids.length)) return { ...plan, ...keptRows(kept, 0) };
  if (before !== undefined) {
    return { start: plan.start - 1, ids: [before, ...ids], accepted: plan.accepted + 1, ...keptRows(kept, 0) };
  }
  // Nothing is held before the first tokens: a copy follows them, and is forgotten.
  return { ...plan, ids: [...ids, last], ...keptRows(kept, 1) };
}

/** The output matrix has no row alone either: there may be more logits than are wanted. `spare` follow the wanted ones. */
function keptRows(wanted: number, spare: number): Pick<RowPlan, 'kept' | 'wanted'> {
  const least = wanted + spare;
  const kept = leavesOneAlone(least) ? least + 1 : least;
  return { kept, wanted: { from: kept - least, to: kept - spare } };
}

/** Whether one of these rows would be alone in its tile. */
export function leavesOneAlone(rows: number): boolean {
  return rows % tileRows === 1;
}
