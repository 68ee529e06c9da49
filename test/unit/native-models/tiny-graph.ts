/** Builds a graph from operators under test with weights held in memory, and opens it in ONNX Runtime. */
import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { PendingFiles } from '../../../native-models/model-folder/pending-files.ts';
import { GraphBuilder } from '../../../native-models/onnx/graph-builder.ts';
import { encodeModel } from '../../../native-models/onnx/model-file.ts';
import { inSourceOrder, placeTensors } from '../../../native-models/onnx/stored-tensors.ts';
import type { ModelBuild, Precision } from '../../../native-models/operators/model-build.ts';
import type { SourceTensor } from '../../../native-models/source-tensor.ts';
import { variants } from '../../../native-models/variants.ts';
import { writePlans } from '../../../native-models/write-plans.ts';

const variant = variants.fp32;
let nextPlace = 0;

export function memoryTensor(name: string, shape: readonly number[], values: Float32Array<ArrayBuffer>): SourceTensor {
  const rowLength = shape.slice(1).reduce((product, size) => product * size, 1);
  return {
    name,
    shape,
    type: 'F32',
    byteLength: values.byteLength,
    place: nextPlace++,
    read: () => Promise.resolve(values.slice()),
    readRows: (begin, end) => Promise.resolve(values.slice(begin * rowLength, end * rowLength)),
    readStoredRows: (begin, end) =>
      Promise.resolve(new Uint8Array(values.slice(begin * rowLength, end * rowLength).buffer)),
  };
}

export async function openGraph(
  folder: string,
  build: (build: ModelBuild) => void,
  precision: Precision = { kind: 'float32' },
): Promise<InferenceSession> {
  const graph = new GraphBuilder();
  build({
    graph,
    weights: {
      tensor: (name) => {
        throw new Error(`No weight source in this test (${name}).`);
      },
    },
    precisions: { embedding: precision, linear: precision, head: precision },
    onMeasured: () => undefined,
  });
  const groups = inSourceOrder(graph.groups);
  const placements = placeTensors(groups);
  const files = await PendingFiles.begin(folder);
  const model = encodeModel(graph.build('test', 'model.onnx_data', placements));
  await writePlans([{ variant, model, groups, placements, dataByteLength: 0, measurements: [] }], { files });
  await files.commit();
  return InferenceSession.create(join(folder, 'onnx', 'model.onnx'), { graphOptimizationLevel: 'disabled' });
}
