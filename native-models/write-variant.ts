/**
 * Writes one variant of a model: plans the graph, which needs no weight, then streams the weights group by group, then writes the
 * small file that points into them. A run that was interrupted goes on after its last whole group.
 */
import type { Architecture } from './architectures/registry.ts';
import type { PendingFiles } from './model-folder/pending-files.ts';
import { writeExternalData } from './onnx/external-data.ts';
import { GraphBuilder } from './onnx/graph-builder.ts';
import { encodeModel } from './onnx/model-file.ts';
import { placeTensors, type Placement, type StoredGroup } from './onnx/stored-tensors.ts';
import type { OnProgress } from './progress.ts';
import type { MatrixMeasurement } from './quantize/quantized-group.ts';
import type { WeightSource } from './source-tensor.ts';
import type { Variant } from './variants.ts';

export interface PlanVariantOptions {
  readonly architecture: Architecture;
  readonly weights: WeightSource;
  readonly variant: Variant;
  /** From a calibration run: the scales of the matrices are then fitted to what their inputs are. */
  readonly inputMoments?: ReadonlyMap<string, Float32Array> | undefined;
}

export interface VariantPlan {
  readonly variant: Variant;
  /** The bytes of the .onnx file. */
  readonly model: Uint8Array;
  readonly groups: readonly StoredGroup[];
  readonly placements: ReadonlyMap<string, Placement>;
  /** Of the external data file. */
  readonly dataByteLength: number;
  /** Of all weights in the source, for progress. */
  readonly sourceByteLength: number;
  /** Grows as groups are produced. */
  readonly measurements: readonly MatrixMeasurement[];
}

export interface WriteOptions {
  readonly files: PendingFiles;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
}

/** Throws what the weights lack: `tensor.missing`, `tensor.shape`, `config.unsupported`. */
export function planVariant({ architecture, weights, variant, inputMoments }: PlanVariantOptions): VariantPlan {
  const graph = new GraphBuilder(variant.floatType);
  const measurements: MatrixMeasurement[] = [];
  architecture.build({
    graph,
    weights,
    precisions: variant.precisions,
    inputMoments,
    onMeasured: (measurement) => measurements.push(measurement),
  });
  const { groups } = graph;
  const placements = placeTensors(groups);
  return {
    variant,
    model: encodeModel(graph.build(architecture.modelType, `${variant.fileName}_data`, placements)),
    groups,
    placements,
    dataByteLength: [...placements.values()].reduce(
      (end, { offset, byteLength }) => Math.max(end, offset + byteLength),
      0,
    ),
    sourceByteLength: groups.reduce((sum, group) => sum + group.sourceByteLength, 0),
    measurements,
  };
}

/** Returns what quantisation cost, matrix by matrix (empty for float32). */
export async function writePlan(plan: VariantPlan, options: WriteOptions): Promise<readonly MatrixMeasurement[]> {
  const { variant, groups, placements, sourceByteLength: total, measurements } = plan;
  const { files, signal, onProgress } = options;
  const name = dataFileOf(variant);
  const { file, notes } = await files.resume(name, signal);
  const kept = notes.flat() as MatrixMeasurement[];
  let done = groups.slice(0, notes.length).reduce((sum, group) => sum + group.sourceByteLength, 0);
  const report = (bytes: number) => onProgress?.({ phase: variant.name, done: bytes, total, unit: 'bytes' });
  let measured = measurements.length;
  await writeExternalData({
    groups: groups.slice(notes.length),
    placements,
    file,
    signal,
    onBytes: (bytes) => report(done + bytes),
    onGroup: async (group) => {
      done += group.sourceByteLength;
      await files.checkpoint(name, file, measurements.slice(measured));
      measured = measurements.length;
      report(done);
    },
  });
  await files.write(`onnx/${variant.fileName}`, plan.model);
  return [...kept, ...measurements];
}

/** Plans and writes in one go. */
export function writeVariant(options: PlanVariantOptions & WriteOptions): Promise<readonly MatrixMeasurement[]> {
  return writePlan(planVariant(options), options);
}

/** Relative to the model folder. */
export function dataFileOf({ fileName }: Variant): string {
  return `onnx/${fileName}_data`;
}
