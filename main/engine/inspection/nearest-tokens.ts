/** The tokens whose rows of the embedding matrix point the same way: cosines over the whole vocabulary, read in batches of rows. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { bestIds } from '../sampling/best-ids.ts';
import { batchRows, dot, type EmbeddingRows } from './embedding-rows.ts';
import type { InspectedModel } from './inspected-model.ts';

export interface NearestStep {
  done: number;
  total: number;
  /** After the last batch. */
  nearest: { id: number; cosine: number }[] | null;
}

/** Without the token itself and without rows of zeros. Ends early where the signal is aborted. `rows` are kept by who gives them. */
export async function* nearestTokens(
  { config }: Pick<InspectedModel, 'config'>,
  rows: EmbeddingRows,
  { id, count }: { id: number; count: number },
  signal: AbortSignal,
): AsyncGenerator<NearestStep, void, undefined> {
  const { vocabularySize: total, hiddenSize } = config;
  const cosines = new Float32Array(total).fill(-Infinity);
  try {
    const wanted = await rows.read(id, 1);
    const length = rows.lengthOf(id, wanted);
    for (let first = 0; first < total; first += batchRows) {
      if (signal.aborted) return;
      yield { done: first, total, nearest: null };
      const size = Math.min(batchRows, total - first);
      const batch = await rows.read(first, size);
      for (let other = first; other < first + size; other++) {
        const row = batch.subarray((other - first) * hiddenSize, (other - first + 1) * hiddenSize);
        const product = length * rows.lengthOf(other, row);
        if (other !== id && product > 0) cosines[other] = dot(wanted, row) / product;
      }
      await nextTurn();
    }
  } finally {
    await rows.release();
  }
  const nearest = bestIds(cosines, count).map((other) => ({ id: other, cosine: cosines[other] as number }));
  yield { done: total, total, nearest };
}
