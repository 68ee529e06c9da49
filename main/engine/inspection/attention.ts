/** The attention of one layer's heads over a text, after the softmax, as the model's own operator computes it. */
import type { Attention } from '../../contract/inspection.ts';
import type { HiddenStates } from './hidden-states.ts';
import type { InspectedModel } from './inspected-model.ts';
import { packAttention } from './packed-attention.ts';
import { ProbeSession } from './probe-session.ts';

export interface AttentionStep {
  done: number;
  total: number;
  attention: Attention | null;
}

/** Ends without an attention where the signal is aborted. `states` are kept by who gives them. */
export async function* attentionOf(
  model: InspectedModel,
  states: HiddenStates,
  layer: number,
  signal: AbortSignal,
): AsyncGenerator<AttentionStep, void, undefined> {
  const total = layer + 2;
  yield { done: Math.min(states.computed, layer + 1), total, attention: null };
  while (states.computed <= layer) {
    await states.advance();
    if (signal.aborted) return;
    yield { done: states.computed, total, attention: null };
  }
  if (signal.aborted) return;
  const session = await ProbeSession.open(model.graph.attention(layer), model.place);
  try {
    const { heads } = model.config;
    const weights = await session.continue(states.state(layer), states.rows);
    const size = { heads, rows: states.rows, length: states.ids.length };
    yield {
      done: total,
      total,
      attention: { layer, heads, length: size.length, weights: packAttention(weights, size) },
    };
  } finally {
    await session.release();
  }
}
