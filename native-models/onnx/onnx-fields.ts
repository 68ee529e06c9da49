/**
 * The messages of an ONNX file in which a tensor can lie: which field holds which of them, and the wire type of every field. A field
 * with another wire type is skipped by one parser and read by the next, so a graph that has one means two things.
 * Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
 */
import { malformed, type WireField } from './wire-format.ts';

export type Message = 'model' | 'graph' | 'node' | 'attribute' | 'tensor' | 'sparse' | 'function' | 'training';

/** Fields that are not here hold no tensor. */
export const children: Readonly<Record<Exclude<Message, 'tensor'>, Readonly<Record<number, Message>>>> = {
  model: { 7: 'graph', 20: 'training', 25: 'function' },
  training: { 1: 'graph', 2: 'graph' },
  function: { 7: 'node', 11: 'attribute' },
  graph: { 1: 'node', 5: 'tensor', 15: 'sparse' },
  node: { 5: 'attribute' },
  attribute: { 5: 'tensor', 6: 'graph', 10: 'tensor', 11: 'graph', 22: 'sparse', 23: 'sparse' },
  sparse: { 1: 'tensor', 2: 'tensor' },
};

type WireTypes = Partial<Record<WireField['wireType'], readonly number[]>>;

/** A repeated number comes one by one or packed, so it has two. */
const wireTypes: Readonly<Record<Message | 'entry', WireTypes>> = {
  model: { varint: [1, 5], bytes: [2, 3, 4, 6, 7, 8, 14, 20, 25, 26] },
  training: { bytes: [1, 2, 3, 4] },
  function: { bytes: [1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14] },
  graph: { bytes: [1, 2, 5, 10, 11, 12, 13, 14, 15, 16] },
  node: { bytes: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] },
  attribute: {
    varint: [3, 8, 20],
    fixed32: [2, 7],
    bytes: [1, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 21, 22, 23],
  },
  tensor: {
    varint: [1, 2, 5, 7, 11, 14],
    fixed32: [4],
    fixed64: [10],
    bytes: [1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 16],
  },
  sparse: { varint: [3], bytes: [1, 2, 3] },
  entry: { bytes: [1, 2] },
};

/** Unknown fields are skipped by everyone. Throws `graph.invalid`. */
export function requireWireType(message: Message | 'entry', { number, wireType, start }: WireField): void {
  const known = wireTypes[message];
  if (known[wireType]?.includes(number) === true) return;
  if (!Object.values(known).some((numbers) => numbers.includes(number))) return;
  throw malformed(`Field ${number} of a ${message} is a ${wireType} at byte ${start}, which it never is.`);
}
