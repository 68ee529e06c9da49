/**
 * Cuts a part out of an exported graph: what lies between some of its values, over the same data file. Values are found by the
 * published names of the weights, which the exporter keeps.
 */
import { create, toBinary } from '@bufbuild/protobuf';
import { ExportError } from '../export-error.ts';
import { attributeProtos, int } from '../onnx/attributes.ts';
import { elementTypes } from '../onnx/element-type.ts';
import { absent } from '../onnx/graph-builder.ts';
import type { FloatType } from '../onnx/float-type.ts';
import {
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  ValueInfoProtoSchema,
  type GraphProto,
  type ModelProto,
  type NodeProto,
  type ValueInfoProto,
} from '../onnx/schema/onnx_pb.ts';

export interface Cut {
  /** Values that become inputs, float tensors of three axes; inputs of the whole graph stay inputs where they are needed. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/**
 * The bytes of a graph file. Float inputs and outputs of it are float32 also where the graph computes in float16, which ONNX
 * Runtime's binding for Node cannot be given.
 */
export function cutGraph(model: ModelProto, floatType: FloatType, { inputs, outputs }: Cut): Uint8Array {
  const { graph } = model;
  if (graph === undefined) throw missingPart('graph');
  const cutAt = new Set(inputs);
  const needed = new Set(outputs);
  const nodes: NodeProto[] = [];
  for (const node of graph.node.toReversed()) {
    if (!node.output.some((value) => needed.has(value) && !cutAt.has(value))) continue;
    nodes.unshift(node);
    for (const value of node.input) if (value !== absent) needed.add(value);
  }
  const known = new Map(graph.output.map((value) => [value.name, value]));
  const isWide = (name: string) => floatType === 'float32' || holdsOther(known.get(name), floatType);
  const cut = create(GraphProtoSchema, {
    name: graph.name,
    node: [
      ...(floatType === 'float32' ? [] : inputs.map((name) => cast(wideName(name), name, floatType))),
      ...nodes,
      ...outputs.filter((name) => !isWide(name)).map((name) => cast(name, wideName(name), 'float32')),
    ],
    initializer: graph.initializer.filter(({ name }) => needed.has(name)),
    input: [
      ...graph.input.filter(({ name }) => needed.has(name)),
      ...inputs.map((name) => valueInfo(floatType === 'float32' ? name : wideName(name), inputDimensions)),
    ],
    output: outputs.map(
      (name) => (isWide(name) ? known.get(name) : undefined) ?? valueInfo(isWide(name) ? name : wideName(name), null),
    ),
  });
  return toBinary(ModelProtoSchema, create(ModelProtoSchema, { ...model, graph: cut }));
}

const inputDimensions = ['batch', 'sequence', 'hidden'];
const widePrefix = 'float32:';

/** The float32 value that stands for a float16 one. */
export function wideName(name: string): string {
  return `${widePrefix}${name}`;
}

export function plainName(name: string): string {
  return name.startsWith(widePrefix) ? name.slice(widePrefix.length) : name;
}

/** An output of the whole graph of another type: logits, or a cache of int8. */
function holdsOther(value: ValueInfoProto | undefined, floatType: FloatType): boolean {
  const type = value?.type?.value;
  return type?.case === 'tensorType' && type.value.elemType !== elementTypes[floatType].code;
}

function cast(from: string, to: string, type: FloatType): NodeProto {
  return create(NodeProtoSchema, {
    name: `${from}/Cast`,
    opType: 'Cast',
    input: [from],
    output: [to],
    attribute: attributeProtos({ to: int(elementTypes[type].code) }),
  });
}

/** From the hidden states before a layer to what its two blocks add, and its keys and values. */
export function layerCut(graph: GraphProto, layer: number, layers: number): Cut {
  const norm = readerOf(graph, `model.layers.${layer}.input_layernorm.weight`);
  const afterAttention = readerOf(graph, `model.layers.${layer}.post_attention_layernorm.weight`);
  const [, added] =
    layer + 1 < layers
      ? readerOf(graph, `model.layers.${layer + 1}.input_layernorm.weight`).input
      : finalSum(graph).input;
  return {
    inputs: norm.input.slice(0, layer === 0 ? 1 : 2),
    outputs: [afterAttention.input[1] ?? '', added ?? '', `present.${layer}.key`, `present.${layer}.value`],
  };
}

/** From the hidden states after the last layer to the logits. */
export function headCut(graph: GraphProto): Cut {
  return { inputs: [...new Set(finalSum(graph).input)], outputs: ['logits'] };
}

/** From the token ids to their rows. */
export function embeddingCut(graph: GraphProto): Cut {
  const [first] = readerOf(graph, 'model.layers.0.input_layernorm.weight').input;
  return { inputs: [], outputs: [first ?? ''] };
}

/** The addition before the last norm, whose positions are sliced in between. */
function finalSum(graph: GraphProto): NodeProto {
  const kept = makerOf(graph, readerOf(graph, 'model.norm.weight').input[0]);
  return makerOf(graph, kept.input[0]);
}

function readerOf({ node }: GraphProto, value: string): NodeProto {
  const found = node.find(({ input }) => input.includes(value));
  if (found === undefined) throw missingPart(value);
  return found;
}

function makerOf({ node }: GraphProto, value: string | undefined): NodeProto {
  const found = node.find(({ output }) => value !== undefined && output.includes(value));
  if (found === undefined) throw missingPart(value ?? 'value');
  return found;
}

function valueInfo(name: string, shape: readonly string[] | null): ValueInfoProto {
  const dim = shape?.map((dimension) => ({ value: { case: 'dimParam' as const, value: dimension } }));
  return create(ValueInfoProtoSchema, {
    name,
    type: {
      value: {
        case: 'tensorType',
        value: { elemType: elementTypes.float32.code, ...(dim === undefined ? {} : { shape: { dim } }) },
      },
    },
  });
}

function missingPart(what: string): ExportError {
  return new ExportError('graph.invalid', `No operator of the graph uses "${what}".`, {
    action: 'Export the model again.',
  });
}
