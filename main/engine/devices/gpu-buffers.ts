/**
 * Makes, grows, reads and fills key-value buffers on a WebGPU device, with two graphs of a few nodes.
 *
 * Why not through the model's session: with `preferredOutputLocation` onnxruntime-node 1.30 ignores tensors that are given as
 * fetches and makes a new buffer for every output of every run. Without it a fetch that is a `gpu-buffer` is written in place. So
 * the buffers come from a session that has the option, and the model runs in one that has not, with the same tensor as past and as
 * present. All sessions of a process share one device. `getData` of such a tensor ends the process: `download` is the only way back.
 * int8 tensors cannot lie on the device: onnxruntime-common refuses to wrap them.
 */
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { encodeModel, GraphBuilder, int } from '../../../native-models/graphs.ts';
import { float16Tensor } from './float16-tensor.ts';

export type GpuElementType = 'float32' | 'float16';

/** `[batch, kvHeads, positions, headDim]`; what is not there yet lies along the positions. */
export type CacheDims = readonly [number, number, number, number];

const axis = 2;

export class GpuBuffers {
  readonly #type: GpuElementType;
  readonly #extend: InferenceSession;
  readonly #read: InferenceSession;

  /** Throws what ONNX Runtime throws where there is no adapter. */
  static async open(type: GpuElementType): Promise<GpuBuffers> {
    const options = { executionProviders: [{ name: 'webgpu' }], logSeverityLevel: 3 as const };
    const extend = await InferenceSession.create(extendGraph(type), {
      ...options,
      preferredOutputLocation: 'gpu-buffer',
    });
    return new GpuBuffers(type, extend, await InferenceSession.create(readGraph(type), options));
  }

  private constructor(type: GpuElementType, extend: InferenceSession, read: InferenceSession) {
    this.#type = type;
    this.#extend = extend;
    this.#read = read;
  }

  /** A new buffer of zeros. */
  zeros([batch, kvHeads, positions, headDim]: CacheDims): Promise<Tensor> {
    return this.grow(this.tensor(this.#empty(), [batch, kvHeads, 0, headDim]), positions);
  }

  /**
   * A new buffer with the content of `tensor`, on the device or on the CPU, and zeros up to `positions`. The old tensor is left to
   * its owner, who disposes of it. Throws `RangeError` where `positions` is less than `tensor` has.
   */
  async grow(tensor: Tensor, positions: number): Promise<Tensor> {
    const [batch = 0, kvHeads = 0, present = 0, headDim = 0] = tensor.dims;
    if (positions < present) throw new RangeError(`A buffer of ${present} positions cannot grow to ${positions}.`);
    const missing = [batch, kvHeads, positions - present, headDim];
    const { extended } = await this.#extend.run({
      content: tensor,
      zero: this.tensor(this.#empty(1), [1, 1, 1, 1]),
      missing: new Tensor('int64', BigInt64Array.from(missing, BigInt), [4]),
    });
    return extended as Tensor;
  }

  /** The first `positions` of a buffer, as a tensor on the CPU. */
  async download(tensor: Tensor, positions: number): Promise<Tensor> {
    const { part } = await this.#read.run({ buffer: tensor, end: new Tensor('int64', [BigInt(positions)], [1]) });
    return part as Tensor;
  }

  /** A tensor on the CPU over `data`: float16 as bits. `grow` puts it on the device. */
  tensor(data: Float32Array | Uint16Array, dims: readonly number[]): Tensor {
    return data instanceof Uint16Array ? float16Tensor(data, dims) : new Tensor('float32', data, dims);
  }

  /** Buffers that were made stay valid until they are disposed of. */
  async release(): Promise<void> {
    await this.#extend.release();
    await this.#read.release();
  }

  #empty(length = 0): Float32Array | Uint16Array {
    return this.#type === 'float16' ? new Uint16Array(length) : new Float32Array(length);
  }
}

/** `content` with `missing` zeros behind it. */
function extendGraph(type: GpuElementType): Uint8Array {
  const graph = new GraphBuilder(type);
  graph.input('content', type, ['batch', 'heads', 'positions', 'size']);
  graph.input('zero', type, [1, 1, 1, 1]);
  graph.input('missing', 'int64', [4]);
  graph.node('Expand', { name: 'zeros', inputs: ['zero', 'missing'], outputs: ['zeros'] });
  graph.node('Concat', {
    name: 'extended',
    inputs: ['content', 'zeros'],
    outputs: ['extended'],
    attributes: { axis: int(axis) },
  });
  graph.output('extended', type, ['batch', 'heads', 'capacity', 'size']);
  return encodeModel(graph.build('extend', '', new Map()));
}

/** `buffer` up to `end`. */
function readGraph(type: GpuElementType): Uint8Array {
  const graph = new GraphBuilder(type);
  graph.input('buffer', type, ['batch', 'heads', 'capacity', 'size']);
  graph.input('end', 'int64', [1]);
  const start = graph.constant('start', [0n]);
  const axes = graph.constant('axes', [BigInt(axis)]);
  graph.node('Slice', { name: 'part', inputs: ['buffer', start, 'end', axes], outputs: ['part'] });
  graph.output('part', type, ['batch', 'heads', 'positions', 'size']);
  return encodeModel(graph.build('read', '', new Map()));
}
