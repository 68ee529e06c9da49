/**
 * Turns an exported graph with a float32 KV cache into the same graph with an int8 one, over the same weights: each layer's keys
 * and values have one scale, stored in the graph. Inputs 12 and 13 of GroupQueryAttention:
 * https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.GroupQueryAttention
 */
import { create } from '@bufbuild/protobuf';
import { ExportError } from '../export-error.ts';
import { attributeProtos, int, string } from '../onnx/attributes.ts';
import { elementTypes } from '../onnx/element-type.ts';
import { TensorProtoSchema, type GraphProto, type ValueInfoProto } from '../onnx/schema/onnx_pb.ts';
import type { Calibration } from './calibrate.ts';

/** By the name of the cache's output, `present.N.key` or `present.N.value`. */
export type CacheScales = ReadonlyMap<string, number>;

const cacheValue = /^(past_key_values|present)\.\d+\.(key|value)$/;
const scaleInputs = 12;

/**
 * The largest code stands for a tenth more than the largest magnitude that was seen. Other text reaches further, and what is cut
 * off costs more than the coarser steps: docs/quantisation.md has the measurement.
 */
const headroom = 1.1;
const largestCode = 127;

export function cacheScales({ largestCached }: Pick<Calibration, 'largestCached'>): CacheScales {
  const scale = (largest: number): number => (largest === 0 ? 1 : Math.fround((headroom * largest) / largestCode));
  return new Map([...largestCached].map(([name, largest]) => [name, scale(largest)]));
}

/** Changes `graph`. Throws `graph.invalid` where the graph is not one of ours, or a scale is missing. */
export function useInt8Cache(graph: GraphProto, scales: CacheScales): void {
  for (const value of [...graph.input, ...graph.output]) if (cacheValue.test(value.name)) setInt8(value);
  for (const node of graph.node) {
    if (node.opType !== 'GroupQueryAttention') continue;
    while (node.input.length < scaleInputs) node.input.push('');
    for (const present of node.output.slice(1, 3)) {
      const scale = scales.get(present);
      if (scale === undefined || node.input.length > scaleInputs + 1) {
        throw invalid(`The layer ${node.name} has no scale for its output "${present}", or has one already.`);
      }
      const name = `${present}.scale`;
      node.input.push(name);
      graph.initializer.push(
        create(TensorProtoSchema, {
          name,
          dataType: elementTypes.float32.code,
          dims: [1n],
          rawData: new Uint8Array(Float32Array.of(scale).buffer),
        }),
      );
    }
    node.attribute.push(
      ...attributeProtos({
        k_quant_type: string('PER_TENSOR'),
        v_quant_type: string('PER_TENSOR'),
        kv_cache_bit_width: int(8),
      }),
    );
  }
}

function setInt8(value: ValueInfoProto): void {
  const type = value.type?.value;
  if (type?.case !== 'tensorType' || type.value.elemType !== elementTypes.float32.code) {
    throw invalid(`The cache value "${value.name}" is not float32.`);
  }
  type.value.elemType = elementTypes.int8.code;
}

function invalid(message: string): ExportError {
  return new ExportError('graph.invalid', message, {
    action: 'Make the int8 cache from a model_q4.onnx of this exporter.',
  });
}
