/**
 * The logit lens (nostalgebraist 2020, https://www.lesswrong.com/posts/AcKRB8wDpdaN6v6ru): every state of the residual stream through the
 * last norm and the output matrix. Logits come in chunks and are read and dropped: 64 rows of Lucie's vocabulary are 16 MB.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ModelConfig } from '../model-config.ts';
import { requireFinite } from '../require-finite.ts';
import { tileRows } from '../row-plan.ts';
import { tokenStatistics } from '../sampling/token-statistics.ts';
import type { HiddenStates } from './hidden-states.ts';
import type { InspectedModel } from './inspected-model.ts';
import { ProbeSession } from './probe-session.ts';

/** What one state says at one position. */
export interface LensReading {
  /** Best first, natural logarithms. */
  best: { id: number; logProbability: number }[];
  /** Nats. */
  entropy: number;
  /** Of the token that follows in the text. */
  next: { rank: number; logProbability: number } | null;
}

export interface LensStep {
  done: number;
  total: number;
  /** Once a state is read at every position. */
  read: { state: number; positions: LensReading[] } | null;
}

/** Each state is read as soon as it is computed. Ends early where the signal is aborted. */
export async function* lensOf(
  model: InspectedModel,
  states: HiddenStates,
  topK: number,
  signal: AbortSignal,
): AsyncGenerator<LensStep, void, undefined> {
  const { layers } = model.graph;
  const chunks = Math.ceil(states.rows / tileRows);
  const total = (layers + 1) * (1 + chunks);
  let done = 0;
  const head = await ProbeSession.open(model.graph.head(), model.place);
  try {
    for (let state = 0; state <= layers; state++) {
      if (states.computed <= state) await states.advance();
      if (signal.aborted) return;
      yield { done: ++done, total, read: null };
      const positions: LensReading[] = [];
      for (let row = 0; row < states.rows; row += tileRows) {
        if (signal.aborted) return;
        positions.push(...(await readChunk(head, model.config, states, { state, row, topK })));
        yield { done: ++done, total, read: null };
        await nextTurn();
      }
      yield { done, total, read: { state, positions } };
    }
  } finally {
    await head.release();
  }
}

/** Of the rows from `row` on. */
async function readChunk(
  head: ProbeSession,
  { hiddenSize, vocabularySize }: ModelConfig,
  states: HiddenStates,
  { state, row, topK }: { state: number; row: number; topK: number },
): Promise<LensReading[]> {
  const { ids, rows } = states;
  const count = Math.min(tileRows, rows - row);
  const hidden = states.state(state).subarray(row * hiddenSize, (row + count) * hiddenSize);
  const logits = await head.continue(hidden, count);
  return ids.slice(row, row + count).map((_, i) => {
    const ofRow = logits.subarray(i * vocabularySize, (i + 1) * vocabularySize);
    const following = ids[row + i + 1];
    const { alternatives, entropy, rank, logProbability } = tokenStatistics(ofRow, following ?? 0, topK);
    requireFinite(entropy, `position ${row + i} after ${state} layers the entropy`);
    return { best: alternatives, entropy, next: following === undefined ? null : { rank, logProbability } };
  });
}
