/**
 * The tokens whose rows of the embedding matrix point the same way: cosines over the whole vocabulary, exact for the matrix as the file
 * stores it. Rows are looked up in batches by the graph's own operator, so that a quantised matrix is never whole in memory (65,024
 * rows of 4,096 are 1 GB in float32); their lengths are kept.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { bestIds } from '../sampling/best-ids.ts';
import type { InspectedModel } from './inspected-model.ts';
import { ProbeSession } from './probe-session.ts';

const batchRows = 1024;

export interface NearestStep {
  done: number;
  total: number;
  /** After the last batch. */
  nearest: { id: number; cosine: number }[] | null;
}

/** The length of every row, filled as rows are first read: 260 kB for Lucie. */
export type RowLengths = Float64Array;

/** Without the token itself and without rows of zeros. Ends early where the signal is aborted. */
export async function* nearestTokens(
  model: InspectedModel,
  lengths: RowLengths,
  { id, count }: { id: number; count: number },
  signal: AbortSignal,
): AsyncGenerator<NearestStep, void, undefined> {
  const { vocabularySize: total, hiddenSize } = model.config;
  const cosines = new Float32Array(total).fill(-Infinity);
  const session = await ProbeSession.open(model.graph.embedding(), model.place);
  try {
    const wanted = await session.embed([id]);
    const length = lengthOf(wanted);
    for (let first = 0; first < total; first += batchRows) {
      if (signal.aborted) return;
      yield { done: first, total, nearest: null };
      const ids = Array.from({ length: Math.min(batchRows, total - first) }, (_, i) => first + i);
      const rows = await session.embed(ids);
      for (const [i, other] of ids.entries()) {
        const row = rows.subarray(i * hiddenSize, (i + 1) * hiddenSize);
        if (Number.isNaN(lengths[other])) lengths[other] = lengthOf(row);
        const product = length * (lengths[other] as number);
        if (other !== id && product > 0) cosines[other] = dot(wanted, row) / product;
      }
      await nextTurn();
    }
  } finally {
    await session.release();
  }
  const nearest = bestIds(cosines, count).map((other) => ({ id: other, cosine: cosines[other] as number }));
  yield { done: total, total, nearest };
}

export function newRowLengths(vocabularySize: number): RowLengths {
  return new Float64Array(vocabularySize).fill(NaN);
}

function lengthOf(row: Float32Array): number {
  return Math.sqrt(dot(row, row));
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
