/**
 * The graph that config.json and a recorded variant imply: the exporter's own plan, made without the weights. It says which tensors
 * there must be, of which type and shape, and where in the data file each lies.
 */
import { basename } from 'node:path';
import { fromBinary } from '@bufbuild/protobuf';
import type { Architecture } from '../architectures/registry.ts';
import { useInt8Cache } from '../calibrate/int8-cache-graph.ts';
import { ExportError } from '../export-error.ts';
import { ModelProtoSchema, type GraphProto } from '../onnx/schema/onnx_pb.ts';
import type { SourceTensor, WeightSource } from '../source-tensor.ts';
import { variantNames, variants, type Variant } from '../variants.ts';
import { planVariant } from '../plan-variant.ts';
import type { RecordedVariant } from './record.ts';

export interface ExpectedGraph {
  readonly graph: GraphProto;
  /** The published tensors that it is made of: shapes by name. */
  readonly sources: ReadonlyMap<string, readonly number[]>;
}

/** The name of the graph whose data an int8 cache shares. */
const int8CacheBase = 'model_q4.onnx';

/** Throws `graph.invalid` where the record lacks the scale of a layer, `config.unsupported`. */
export function expectedGraph(
  architecture: Architecture,
  name: string,
  recorded: RecordedVariant,
  tensorOrder: readonly string[] | undefined,
): ExpectedGraph {
  const isInt8 = recorded.keyValueCache === 'int8';
  const { embedding, linear, head } = recorded;
  const variant: Variant = {
    name: variantNames.find((known) => known === name) ?? variants.q4.name,
    fileName: isInt8 ? int8CacheBase : basename(recorded.file),
    floatType: recorded.activations,
    precisions: { embedding, linear, head },
  };
  const weights = new ShapesOnly(tensorOrder);
  const { graph } = fromBinary(ModelProtoSchema, planVariant({ architecture, weights, variant }).model);
  if (graph === undefined) throw new TypeError('A plan without a graph.');
  if (isInt8) useInt8Cache(graph, new Map(Object.entries(recorded.calibration?.scales ?? {})));
  return { graph, sources: weights.shapes };
}

/** Notes what is asked for; has no values. */
class ShapesOnly implements WeightSource {
  readonly shapes = new Map<string, readonly number[]>();
  readonly #places: ReadonlyMap<string, number>;

  /** Exports that do not record the order of their source were written in that of the graph. */
  constructor(tensorOrder: readonly string[] = []) {
    this.#places = new Map(tensorOrder.map((name, place) => [name, place]));
  }

  tensor(name: string, shape: readonly number[]): SourceTensor {
    this.shapes.set(name, shape);
    const none = () =>
      Promise.reject(
        new ExportError('tensor.missing', `A plan needs no values of ${name}.`, { action: 'Report this.' }),
      );
    const place = this.#places.get(name) ?? this.#places.size + this.shapes.size;
    return { name, shape, type: 'F32', byteLength: 0, place, read: none, readRows: none, readStoredRows: none };
  }
}
