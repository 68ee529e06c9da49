/**
 * Turns the attention mask into the two lengths that GroupQueryAttention wants: per row the index of the last real position
 * (`sum(mask) - 1`), and the padded total. So both a batch padded on the right and a cache of uneven rows are understood.
 */
import { int } from '../onnx/attributes.ts';
import { elementTypes } from '../onnx/element-type.ts';
import type { GraphBuilder, ValueName } from '../onnx/graph-builder.ts';

export interface SequenceLengths {
  /** int32 `[batch]` */
  readonly lastPosition: ValueName;
  /** int32 scalar */
  readonly total: ValueName;
}

/** `attentionMask` is int64 `[batch, total]`. */
export function sequenceLengths(graph: GraphBuilder, attentionMask: ValueName): SequenceLengths {
  const name = '/model/sequence_lengths';
  const to = int(elementTypes.int32.code);
  const sum = graph.node('ReduceSum', {
    name: `${name}/ReduceSum`,
    inputs: [attentionMask, graph.constant('one', [1n])],
    attributes: { keepdims: int(0) },
  });
  const last = graph.node('Sub', { name: `${name}/Sub`, inputs: [sum, graph.constant('one', [1n])] });
  const lastPosition = graph.node('Cast', { name: `${name}/Cast_last`, inputs: [last], attributes: { to } });
  const shape = graph.node('Shape', { name: `${name}/Shape`, inputs: [attentionMask] });
  const size = graph.node('Gather', {
    name: `${name}/Gather`,
    inputs: [shape, graph.constant('axis_of_positions', [1n], [])],
    attributes: { axis: int(0) },
  });
  const total = graph.node('Cast', { name: `${name}/Cast_total`, inputs: [size], attributes: { to } });
  return { lastPosition, total };
}
