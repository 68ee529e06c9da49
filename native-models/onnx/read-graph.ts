/** Reads an exported graph back, so that another one over the same weights can be made from it without the published weights. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fromBinary } from '@bufbuild/protobuf';
import { ExportError } from '../export-error.ts';
import { ModelProtoSchema, type GraphProto, type ModelProto } from './schema/onnx_pb.ts';

export interface ReadModel {
  readonly model: ModelProto;
  /** Part of `model`: what is changed here is changed there. */
  readonly graph: GraphProto;
}

/** Throws `source.missing` or `graph.invalid`. */
export async function readGraph(path: string): Promise<ReadModel> {
  const name = basename(path);
  const action = 'Export the model again.';
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new ExportError('source.missing', `${path} cannot be read.`, { action, details: { name }, cause });
  }
  let model: ModelProto;
  try {
    model = fromBinary(ModelProtoSchema, bytes);
  } catch (cause) {
    throw new ExportError('graph.invalid', `${path} is not an ONNX model.`, { action, details: { name }, cause });
  }
  const { graph } = model;
  if (graph === undefined) {
    throw new ExportError('graph.invalid', `${path} holds no graph.`, { action, details: { name } });
  }
  return { model, graph };
}
