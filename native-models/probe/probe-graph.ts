/**
 * Cuts an exported graph into the parts that show what happens inside the model: the embedding, each layer with or without its attention,
 * the final norm with the output matrix. A part is the same operators over the same external weights, and is held in memory: no file
 * is written, and only the weights of one part are read at a time, so that a look inside a model costs a layer of memory and not
 * the model a second time. Parts that follow each other give the bits that the whole graph gives.
 *
 * Attention is what GroupQueryAttention itself computes: its output `output_qk`, asked for after the softmax (`qk_output` 2),
 * https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.GroupQueryAttention
 */
import { clone } from '@bufbuild/protobuf';
import { ExportError } from '../export-error.ts';
import { attributeProtos, int } from '../onnx/attributes.ts';
import { elementTypes } from '../onnx/element-type.ts';
import type { FloatType } from '../onnx/float-type.ts';
import { readGraph } from '../onnx/read-graph.ts';
import { ModelProtoSchema, type GraphProto, type ModelProto, type NodeProto } from '../onnx/schema/onnx_pb.ts';
import { cutGraph, wideName } from '../verify/cut-graph.ts';

/** A graph file in memory, and what its values are called. Float values are float32 at its borders, whatever it computes in. */
export interface ProbePart {
  readonly bytes: Uint8Array;
  /** float32 `[1, sequence, hiddenSize]`; `null` for the embedding, which takes ids. */
  readonly hidden: string | null;
  /** An input that is added to `hidden` before the first norm: give zeros of its shape. */
  readonly addition: string | null;
  readonly output: string;
}

const sumOutput = 3;
const queryKeyOutput = 3;
const afterSoftmax = 2;

export class ProbeGraph {
  readonly layers: number;
  readonly #model: ModelProto;
  readonly #graph: GraphProto;
  readonly #floatType: FloatType;

  /** Throws `source.missing`, or `graph.invalid` where it is not a graph as this exporter writes them. */
  static async read(path: string): Promise<ProbeGraph> {
    const { model, graph } = await readGraph(path);
    return new ProbeGraph(model, graph);
  }

  private constructor(model: ModelProto, graph: GraphProto) {
    this.#model = model;
    this.#graph = graph;
    this.#floatType = floatTypeOf(graph);
    this.layers = graph.node.filter(({ opType }) => opType === 'GroupQueryAttention').length;
    if (this.layers === 0) throw unknownForm('It has no GroupQueryAttention.');
    // Every part is found once here, so that a graph of another form is refused at once.
    for (let layer = 0; layer <= this.layers; layer++) this.#stream(layer);
  }

  /** Ids to the residual stream before layer 0: their rows of the embedding matrix, `[1, sequence, hiddenSize]`. */
  embedding(): ProbePart {
    return this.#part(null, this.#stream(0).value, this.#model);
  }

  /** The residual stream before the layer to the one after it, `[1, sequence, hiddenSize]`. */
  layer(layer: number): ProbePart {
    return this.#part(layer, this.#stream(layer + 1).value, this.#model);
  }

  /** The residual stream before the layer to its attention after the softmax, `[1, heads, sequence, sequence]`. */
  attention(layer: number): ProbePart {
    const model = clone(ModelProtoSchema, this.#model);
    const present = `present.${layer}.key`;
    const attention = model.graph?.node.find(
      ({ opType, output }) => opType === 'GroupQueryAttention' && output.includes(present),
    );
    if (attention === undefined) throw unknownForm(`No GroupQueryAttention makes "${present}".`);
    const output = `probe.${layer}.attention`;
    attention.output[queryKeyOutput] = output;
    attention.attribute.push(...attributeProtos({ qk_output: int(afterSoftmax) }));
    return this.#part(layer, output, model);
  }

  /** The residual stream after any layer to logits, `[1, sequence, vocabulary]`. */
  head(): ProbePart {
    return this.#part(this.layers, 'logits', this.#model);
  }

  #part(from: number | null, output: string, model: ModelProto): ProbePart {
    const inputs = from === null ? [] : this.#stream(from).inputs;
    const border = (name: string): string => (this.#floatType === 'float32' ? name : wideName(name));
    const [hidden = null, addition = null] = inputs;
    const bytes = cutGraph(model, this.#floatType, { inputs, outputs: [output] });
    const names = new Set(model.graph?.output.map(({ name }) => name));
    return {
      bytes,
      hidden: hidden === null ? null : border(hidden),
      addition: addition === null ? null : border(addition),
      output: names.has(output) ? output : border(output),
    };
  }

  /**
   * The residual stream before a layer (or, for the number of layers, after the last): the value that is the sum, and the two values that
   * the operator adds. That operator stays in the part, fed with the sum and zeros, because its kernel normalises too.
   */
  #stream(layer: number): { value: string; inputs: string[] } {
    if (layer === this.layers) {
      const sum = this.#makerOf(this.#makerOf(this.#readerOf('model.norm.weight').input[0]).input[0]);
      if (sum.opType !== 'Add' || sum.output[0] === undefined) throw unknownForm('The last sum is no Add.');
      return { value: sum.output[0], inputs: [...new Set(sum.input)] };
    }
    const norm = this.#readerOf(`model.layers.${layer}.input_layernorm.weight`);
    if (layer === 0) return { value: norm.input[0] ?? '', inputs: norm.input.slice(0, 1) };
    const value = norm.output[sumOutput];
    if (norm.opType !== 'SkipSimplifiedLayerNormalization' || value === undefined) {
      throw unknownForm(`The norm before layer ${layer} gives no sum.`);
    }
    return { value, inputs: norm.input.slice(0, 2) };
  }

  #readerOf(value: string): NodeProto {
    const found = this.#graph.node.find(({ input }) => input.includes(value));
    if (found === undefined) throw unknownForm(`No operator uses "${value}".`);
    return found;
  }

  #makerOf(value: string | undefined): NodeProto {
    const found = this.#graph.node.find(({ output }) => value !== undefined && output.includes(value));
    if (found === undefined) throw unknownForm(`No operator makes "${value ?? ''}".`);
    return found;
  }
}

/** That of the first norm: what a graph computes in. */
function floatTypeOf(graph: GraphProto): FloatType {
  const norm = graph.initializer.find(({ name }) => name === 'model.norm.weight');
  return norm?.dataType === elementTypes.float16.code ? 'float16' : 'float32';
}

function unknownForm(message: string): ExportError {
  return new ExportError('graph.invalid', `The graph is not of the form that the exporter writes. ${message}`, {
    action: 'Convert the published weights of the model into a graph of this workbench.',
  });
}
