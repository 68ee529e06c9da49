/** Writes one variant of a model: plans the graph, streams its weights, then writes the small file that points into them. */
import type { Architecture } from './architectures/registry.ts';
import type { PendingFiles } from './model-folder/pending-files.ts';
import { writeExternalData } from './onnx/external-data.ts';
import { GraphBuilder } from './onnx/graph-builder.ts';
import { encodeModel } from './onnx/model-file.ts';
import { placeTensors } from './onnx/stored-tensors.ts';
import type { OnProgress } from './progress.ts';
import type { MatrixMeasurement } from './quantize/quantized-group.ts';
import type { WeightSource } from './source-tensor.ts';
import type { Variant } from './variants.ts';

export interface WriteVariantOptions {
  readonly architecture: Architecture;
  readonly weights: WeightSource;
  readonly variant: Variant;
  readonly files: PendingFiles;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
}

/** Returns what quantisation cost, matrix by matrix (empty for float32). */
export async function writeVariant(options: WriteVariantOptions): Promise<readonly MatrixMeasurement[]> {
  const { architecture, weights, variant, files, signal, onProgress } = options;
  const graph = new GraphBuilder();
  const measurements: MatrixMeasurement[] = [];
  architecture.build({
    graph,
    weights,
    precisions: variant.precisions,
    onMeasured: (measurement) => measurements.push(measurement),
  });
  const { groups } = graph;
  const placements = placeTensors(groups);
  const total = groups.reduce((sum, group) => sum + group.sourceByteLength, 0);
  let done = 0;
  await writeExternalData({
    groups,
    placements,
    file: await files.create(`onnx/${variant.fileName}_data`),
    signal,
    onGroup: (group) => {
      done += group.sourceByteLength;
      onProgress?.({ phase: variant.name, done, total, unit: 'bytes' });
    },
  });
  await files.write(
    `onnx/${variant.fileName}`,
    encodeModel(graph.build(architecture.modelType, `${variant.fileName}_data`, placements)),
  );
  return measurements;
}
