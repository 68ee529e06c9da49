/** Plans one variant of a model: its graph and the place of every weight in its data file, for which no weight is read. */
import type { Architecture } from './architectures/registry.ts';
import { GraphBuilder } from './onnx/graph-builder.ts';
import { encodeModel } from './onnx/model-file.ts';
import { inSourceOrder, placeTensors, type Placement, type StoredGroup } from './onnx/stored-tensors.ts';
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
  /** In the order in which the source stores what they are made of. */
  readonly groups: readonly StoredGroup[];
  readonly placements: ReadonlyMap<string, Placement>;
  /** Of the external data file. */
  readonly dataByteLength: number;
  /** Grows as groups are produced. */
  readonly measurements: readonly MatrixMeasurement[];
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
  const groups = inSourceOrder(graph.groups);
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
    measurements,
  };
}

/** Relative to the model folder. */
export function dataFileOf({ fileName }: Variant): string {
  return `onnx/${fileName}_data`;
}
