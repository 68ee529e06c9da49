/**
 * Keeps the hidden states of the last `count` positions, so that the product with the vocabulary is paid only where logits are
 * read. The slice starts at `-count`; a count of 0 therefore starts at 0 and keeps everything, which is the contract's meaning.
 */
import type { GraphBuilder, ValueName } from '../onnx/graph-builder.ts';

const furthestEnd = 2n ** 63n - 1n;

export interface KeptPositionsOptions {
  /** `[batch, sequence, hiddenSize]` */
  readonly hidden: ValueName;
  /** int64 scalar */
  readonly count: ValueName;
}

/** Returns `[batch, kept, hiddenSize]`. */
export function keptPositions(graph: GraphBuilder, { hidden, count }: KeptPositionsOptions): ValueName {
  const name = '/model/kept_positions';
  const negative = graph.node('Neg', { name: `${name}/Neg`, inputs: [count] });
  const start = graph.node('Reshape', { name: `${name}/Reshape`, inputs: [negative, graph.constant('one', [1n])] });
  return graph.node('Slice', {
    name: `${name}/Slice`,
    inputs: [hidden, start, graph.constant('furthest_end', [furthestEnd]), graph.constant('one', [1n])],
  });
}
