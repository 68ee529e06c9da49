/** Adds an output to a finished graph: a sequence of one tensor that is one of its inputs. It comes before the others. */
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { elementTypes } from './element-type.ts';
import { ModelProtoSchema, NodeProtoSchema, ValueInfoProtoSchema } from './schema/onnx_pb.ts';

/** `input` is an int64 scalar of the graph. Throws what the parser throws where the bytes are no model. */
export function withSequenceOutput(model: Uint8Array, name: string, input: string): Uint8Array {
  const extended = fromBinary(ModelProtoSchema, model);
  if (extended.graph === undefined) throw new TypeError('The model has no graph.');
  extended.graph.node.push(
    create(NodeProtoSchema, { opType: 'SequenceConstruct', name, input: [input], output: [name] }),
  );
  const tensor = { elemType: elementTypes.int64.code, shape: { dim: [] } };
  const type = {
    value: { case: 'sequenceType', value: { elemType: { value: { case: 'tensorType', value: tensor } } } },
  };
  extended.graph.output.unshift(create(ValueInfoProtoSchema, { name, type: type as never }));
  return toBinary(ModelProtoSchema, extended);
}
