/** Inspections as the contract has them: pieces beside the ids, progress, and whether they came to their end. */
import type { AttentionEvent, LensEvent, NeighboursEvent } from '../../contract/inspection.ts';
import type { Progress } from '../../contract/progress.ts';
import type { AttentionStep } from './attention.ts';
import type { InspectedModel, Pieces } from './inspected-model.ts';
import type { LensStep } from './logit-lens.ts';
import type { NearestStep } from './nearest-tokens.ts';

export async function* attentionEvents(
  model: InspectedModel,
  ids: readonly number[],
  steps: AsyncIterable<AttentionStep>,
): AsyncGenerator<AttentionEvent, void, undefined> {
  yield begin(model, ids);
  let isComplete = false;
  for await (const { done, total, attention } of steps) {
    yield progress('steps', done, total);
    if (attention === null) continue;
    yield { type: 'attention', attention };
    isComplete = true;
  }
  yield { type: 'end', isComplete };
}

export async function* lensEvents(
  model: InspectedModel,
  ids: readonly number[],
  steps: AsyncIterable<LensStep>,
): AsyncGenerator<LensEvent, void, undefined> {
  yield begin(model, ids);
  let isComplete = false;
  for await (const { done, total, read } of steps) {
    yield progress('steps', done, total);
    if (read === null) continue;
    const positions = read.positions.map(({ best, ...rest }) => ({ ...rest, best: withPieces(model.tokenizer, best) }));
    yield { type: 'state', state: read.state, positions };
    isComplete = read.state === model.graph.layers;
  }
  yield { type: 'end', isComplete };
}

export async function* neighboursEvents(
  { tokenizer }: InspectedModel,
  steps: AsyncIterable<NearestStep>,
): AsyncGenerator<NeighboursEvent, void, undefined> {
  let isComplete = false;
  for await (const { done, total, nearest } of steps) {
    yield progress('rows', done, total);
    if (nearest === null) continue;
    yield { type: 'neighbours', neighbours: withPieces(tokenizer, nearest) };
    isComplete = true;
  }
  yield { type: 'end', isComplete };
}

function begin({ tokenizer, graph }: InspectedModel, ids: readonly number[]) {
  const tokens = withPieces(
    tokenizer,
    ids.map((id) => ({ id })),
  );
  return { type: 'begin' as const, tokens, tokenCount: ids.length, layers: graph.layers };
}

function progress(unit: Progress['unit'], done: number, total: number) {
  return { type: 'progress' as const, progress: { phase: 'inspect', done, total, unit } };
}

function withPieces<Entry extends { id: number }>(tokenizer: Pieces, entries: readonly Entry[]) {
  return entries.map((entry) => ({ ...entry, piece: tokenizer.pieceOf(entry.id) }));
}
