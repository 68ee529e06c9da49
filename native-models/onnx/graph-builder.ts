/**
 * Collects one ONNX graph: inputs, nodes in topological order, constants, planned weights, outputs. It refuses at once what
 * ONNX Runtime would refuse much later with a worse message: a value read before anything made it, or made twice.
 * It knows no operator: those are in `../operators/`.
 */
import { create } from '@bufbuild/protobuf';
import { ExportError } from '../export-error.ts';
import { attributeProtos, type Attributes } from './attributes.ts';
import { elementTypes, type ElementType } from './element-type.ts';
import type { FloatType } from './float-type.ts';
import { halfPrecisionGroup } from './half-precision.ts';
import {
  GraphProtoSchema,
  NodeProtoSchema,
  TensorProtoSchema,
  ValueInfoProtoSchema,
  type GraphProto,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from './schema/onnx_pb.ts';
import type { Placement, StoredGroup } from './stored-tensors.ts';

/** The name of a value in the graph; the empty name is an optional input or output left out. */
export type ValueName = string;
export const absent: ValueName = '';

/** A size, or the name of a size known only at run time. */
export type Dimension = number | string;

export interface NodeOptions {
  readonly name: string;
  readonly domain?: 'com.microsoft';
  readonly inputs: readonly ValueName[];
  readonly outputs?: readonly ValueName[];
  readonly attributes?: Attributes;
}

const externalLocation = 1;

export class GraphBuilder {
  readonly floatType: FloatType;
  readonly #values = new Set<ValueName>([absent]);
  readonly #inputs: ValueInfoProto[] = [];
  readonly #outputs: ValueInfoProto[] = [];
  readonly #nodes: NodeProto[] = [];
  readonly #constants: TensorProto[] = [];
  readonly #groups: StoredGroup[] = [];

  constructor(floatType: FloatType = 'float32') {
    this.floatType = floatType;
  }

  /** The planned weights, in the order in which they were asked for. */
  get groups(): readonly StoredGroup[] {
    return this.#groups;
  }

  input(name: ValueName, type: ElementType, shape: readonly Dimension[]): ValueName {
    this.#define(name);
    this.#inputs.push(valueInfo(name, type, shape));
    return name;
  }

  output(name: ValueName, type: ElementType, shape: readonly Dimension[]): void {
    this.#requireDefined(name, 'a graph output');
    this.#outputs.push(valueInfo(name, type, shape));
  }

  /** A small int64 constant inside the graph; without a shape, a scalar of the one value. */
  constant(name: ValueName, values: readonly bigint[], shape: readonly number[] = [values.length]): ValueName {
    if (this.#values.has(name)) return name;
    this.#define(name);
    this.#constants.push(
      create(TensorProtoSchema, {
        name,
        dataType: elementTypes.int64.code,
        dims: shape.map(BigInt),
        rawData: new Uint8Array(BigInt64Array.from(values).buffer),
      }),
    );
    return name;
  }

  /** Plans weights; their names become values of the graph. Float32 ones are stored in the graph's own type. */
  weights(group: StoredGroup): void {
    for (const { name } of group.tensors) this.#define(name);
    this.#groups.push(this.floatType === 'float16' ? halfPrecisionGroup(group) : group);
  }

  /** Adds a node and returns its first output, which is named after the node unless `outputs` says otherwise. */
  node(operator: string, options: NodeOptions): ValueName {
    const { name, domain, inputs, attributes = {} } = options;
    const outputs = options.outputs ?? [`${name}/output`];
    for (const value of inputs) this.#requireDefined(value, `node ${name}`);
    for (const value of outputs) if (value !== absent) this.#define(value);
    this.#nodes.push(
      create(NodeProtoSchema, {
        name,
        opType: operator,
        ...(domain === undefined ? {} : { domain }),
        input: [...inputs],
        output: [...outputs],
        attribute: attributeProtos(attributes),
      }),
    );
    return outputs[0] ?? absent;
  }

  /** The finished graph, its weights pointing into the file `dataFileName` beside the model. */
  build(name: string, dataFileName: string, placements: ReadonlyMap<string, Placement>): GraphProto {
    const weights = this.#groups.flatMap((group) =>
      group.tensors.map((tensor) => {
        const placement = placements.get(tensor.name);
        if (placement === undefined) throw invalidGraph(`Weight "${tensor.name}" has no place in the data file.`);
        return create(TensorProtoSchema, {
          name: tensor.name,
          dataType: elementTypes[tensor.type].code,
          dims: tensor.shape.map(BigInt),
          dataLocation: externalLocation,
          externalData: [
            { key: 'location', value: dataFileName },
            { key: 'offset', value: String(placement.offset) },
            { key: 'length', value: String(placement.byteLength) },
          ],
        });
      }),
    );
    return create(GraphProtoSchema, {
      name,
      node: this.#nodes,
      initializer: [...this.#constants, ...weights],
      input: this.#inputs,
      output: this.#outputs,
    });
  }

  #define(name: ValueName): void {
    if (this.#values.has(name)) throw invalidGraph(`The value "${name}" is made twice.`);
    this.#values.add(name);
  }

  #requireDefined(name: ValueName, reader: string): void {
    if (!this.#values.has(name))
      throw invalidGraph(`The value "${name}" is read by ${reader} before anything makes it.`);
  }
}

function valueInfo(name: ValueName, type: ElementType, shape: readonly Dimension[]): ValueInfoProto {
  const dim = shape.map((size) => ({
    value:
      typeof size === 'number'
        ? { case: 'dimValue' as const, value: BigInt(size) }
        : { case: 'dimParam' as const, value: size },
  }));
  return create(ValueInfoProtoSchema, {
    name,
    type: { value: { case: 'tensorType', value: { elemType: elementTypes[type].code, shape: { dim } } } },
  });
}

function invalidGraph(message: string): ExportError {
  return new ExportError('graph.invalid', message, { action: 'This is a fault of the exporter: please report it.' });
}
