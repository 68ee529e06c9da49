/**
 * Adds to an exported graph, for every value that a stored matrix is multiplied with, the sum of the squares of each of its
 * channels as an output. Summed inside the graph: the values themselves would be gigabytes.
 */
import { create } from '@bufbuild/protobuf';
import { elementTypes } from '../onnx/element-type.ts';
import { NodeProtoSchema, TensorProtoSchema, ValueInfoProtoSchema, type GraphProto } from '../onnx/schema/onnx_pb.ts';

const axes = 'calibration/axes';

/** Returns the added output for each weight, by the weight's published name. Matrices with the same input share one. */
export function addInputMoments(graph: GraphProto): ReadonlyMap<string, string> {
  const stored = new Set(graph.initializer.map(({ name }) => name));
  const outputs = new Map<string, string>();
  const added = new Set<string>();
  for (const { opType, input } of [...graph.node]) {
    const [value, matrix] = input;
    if (opType !== 'MatMul' && opType !== 'MatMulNBits') continue;
    if (value === undefined || matrix === undefined || !stored.has(matrix)) continue;
    const output = `calibration/${value}`;
    outputs.set(matrix.replace(/\.weight(_q\d)?$/, '.weight'), output);
    if (added.has(output)) continue;
    added.add(output);
    graph.node.push(
      create(NodeProtoSchema, {
        name: output,
        opType: 'ReduceSumSquare',
        input: [value, axes],
        output: [output],
        attribute: [{ name: 'keepdims', type: 2, i: 0n }],
      }),
    );
    graph.output.push(
      create(ValueInfoProtoSchema, {
        name: output,
        type: { value: { case: 'tensorType', value: { elemType: elementTypes.float32.code } } },
      }),
    );
  }
  graph.initializer.push(
    create(TensorProtoSchema, {
      name: axes,
      dataType: elementTypes.int64.code,
      dims: [2n],
      rawData: new Uint8Array(BigInt64Array.of(0n, 1n).buffer),
    }),
  );
  return outputs;
}
