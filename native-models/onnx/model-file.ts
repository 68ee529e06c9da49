/** A graph as the bytes of a .onnx file. */
import { create, toBinary } from '@bufbuild/protobuf';
import { exporterName, exporterVersion } from '../exporter-version.ts';
import { ModelProtoSchema, type GraphProto } from './schema/onnx_pb.ts';

/** IR version 10 belongs to opset 21 (ONNX 1.16). */
const irVersion = 10n;
const opsets = [
  { domain: '', version: 21n },
  { domain: 'com.microsoft', version: 1n },
];

export function encodeModel(graph: GraphProto): Uint8Array {
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion,
      opsetImport: opsets,
      producerName: exporterName,
      producerVersion: exporterVersion,
      graph,
    }),
  );
}
