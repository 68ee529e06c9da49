/// <reference lib="esnext.float16" />
/**
 * The weights of one variant as they are stored, restored to float64 by the plain definition of their format, row by row from the
 * data file: a few megabytes are held at a time, whatever the size of the matrix.
 */
import { open, type FileHandle } from 'node:fs/promises';
import { ExportError } from '../export-error.ts';
import type { GraphProto, TensorProto } from '../onnx/schema/onnx_pb.ts';
import { isExternal, placeOf, typeName } from './check-graph.ts';

interface StoredTensor {
  readonly type: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly byteLength: number;
}

const chunkByteLength = 4 << 20;

export class StoredWeights {
  readonly #handle: FileHandle;
  readonly #path: string;
  readonly #tensors: ReadonlyMap<string, StoredTensor>;
  readonly #signal: AbortSignal | undefined;

  private constructor(
    handle: FileHandle,
    path: string,
    tensors: ReadonlyMap<string, StoredTensor>,
    signal: AbortSignal | undefined,
  ) {
    this.#handle = handle;
    this.#path = path;
    this.#tensors = tensors;
    this.#signal = signal;
  }

  /** `graph` says where each tensor must lie. */
  static async open(path: string, graph: GraphProto, signal?: AbortSignal): Promise<StoredWeights> {
    const tensors = graph.initializer
      .filter(isExternal)
      .map((tensor): [string, StoredTensor] => [tensor.name, stored(tensor)]);
    return new StoredWeights(await open(path, 'r'), path, new Map(tensors), signal);
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  has(name: string): boolean {
    return this.#tensors.has(name);
  }

  /** All values of a float tensor. */
  async vector(name: string): Promise<Float64Array> {
    const tensor = this.#tensor(name);
    return floats(await this.#read(tensor, 0, tensor.byteLength), tensor.type);
  }

  /** `output = input · weightᵀ` for every input: `matrix` is a published name without `.weight`. */
  async multiply(matrix: string, inputs: readonly Float64Array[]): Promise<Float64Array[]> {
    const name = `${matrix}.weight`;
    return this.has(name) ? this.#multiplyTransposed(name, inputs) : this.#multiplyBlocks(matrix, inputs);
  }

  /** Rows `begin` to `end` of a matrix as it was published, `columns` wide. `transposed`: a float matrix for MatMul. */
  async rows(
    matrix: string,
    columns: number,
    begin: number,
    end: number,
    transposed: boolean,
  ): Promise<Float64Array[]> {
    const name = `${matrix}.weight`;
    if (!this.has(name)) return this.#decodeRows(matrix, columns, begin, end);
    const tensor = this.#tensor(name);
    const rows = Array.from({ length: end - begin }, () => new Float64Array(columns));
    const elementBytes = tensor.type === 'float16' ? 2 : 4;
    if (!transposed) {
      const values = floats(
        await this.#read(tensor, begin * columns * elementBytes, (end - begin) * columns * elementBytes),
        tensor.type,
      );
      return rows.map((_, row) => values.slice(row * columns, (row + 1) * columns));
    }
    const width = tensor.shape[1] ?? 0;
    for (let column = 0; column < columns; column++) {
      const at = (column * width + begin) * elementBytes;
      const values = floats(await this.#read(tensor, at, rows.length * elementBytes), tensor.type);
      for (const [row, value] of values.entries()) (rows[row] as Float64Array)[column] = value;
    }
    return rows;
  }

  async #multiplyTransposed(name: string, inputs: readonly Float64Array[]): Promise<Float64Array[]> {
    const tensor = this.#tensor(name);
    const [columns = 0, rows = 0] = tensor.shape;
    const rowBytes = tensor.byteLength / columns;
    const outputs = inputs.map(() => new Float64Array(rows));
    const step = Math.max(1, Math.floor(chunkByteLength / rowBytes));
    for (let from = 0; from < columns; from += step) {
      const count = Math.min(step, columns - from);
      const values = floats(await this.#read(tensor, from * rowBytes, count * rowBytes), tensor.type);
      for (const [position, input] of inputs.entries()) {
        const output = outputs[position] as Float64Array;
        for (let i = 0; i < count; i++) {
          const factor = input[from + i] as number;
          for (let row = 0; row < rows; row++) {
            output[row] = (output[row] as number) + factor * (values[i * rows + row] as number);
          }
        }
      }
    }
    return outputs;
  }

  async #multiplyBlocks(matrix: string, inputs: readonly Float64Array[]): Promise<Float64Array[]> {
    const columns = inputs[0]?.length ?? 0;
    const [rows = 0] = this.#codes(matrix).shape;
    const outputs = inputs.map(() => new Float64Array(rows));
    const step = Math.max(1, Math.floor(chunkByteLength / (8 * columns)));
    for (let from = 0; from < rows; from += step) {
      const decoded = await this.#decodeRows(matrix, columns, from, Math.min(from + step, rows));
      for (const [row, weights] of decoded.entries()) {
        for (const [position, input] of inputs.entries()) {
          let sum = 0;
          for (let i = 0; i < columns; i++) sum += (weights[i] as number) * (input[i] as number);
          (outputs[position] as Float64Array)[from + row] = sum;
        }
      }
    }
    return outputs;
  }

  /** `scale * (code - zeroPoint)`, codes packed low bits first; without stored zero points the middle code stands for zero. */
  async #decodeRows(matrix: string, columns: number, begin: number, end: number): Promise<Float64Array[]> {
    const codes = this.#codes(matrix);
    const scales = this.#tensor(`${matrix}.scales`);
    const bits = this.has(`${matrix}.weight_q8`) ? 8 : 4;
    const [rows = 1, blocks = 1] = scales.shape;
    const codeBytes = codes.byteLength / rows;
    const scaleBytes = scales.byteLength / rows;
    const blockSize = (codeBytes * 8) / bits / blocks;
    const zeroName = `${matrix}.zero_points`;
    const zeros = this.has(zeroName) ? this.#tensor(zeroName) : null;
    const zeroBytes = zeros === null ? 0 : zeros.byteLength / rows;
    const count = end - begin;
    const packed = await this.#read(codes, begin * codeBytes, count * codeBytes);
    const factors = floats(await this.#read(scales, begin * scaleBytes, count * scaleBytes), scales.type);
    const packedZeros = zeros === null ? null : await this.#read(zeros, begin * zeroBytes, count * zeroBytes);
    const code = (bytes: Uint8Array, rowAt: number, index: number): number =>
      bits === 8
        ? (bytes[rowAt + index] as number)
        : ((bytes[rowAt + (index >> 1)] as number) >> (4 * (index & 1))) & 15;
    return Array.from({ length: count }, (_, row) => {
      const values = new Float64Array(columns);
      for (let block = 0; block < blocks; block++) {
        const scale = factors[row * blocks + block] as number;
        const zero = packedZeros === null ? 1 << (bits - 1) : code(packedZeros, row * zeroBytes, block);
        const stop = Math.min((block + 1) * blockSize, columns);
        for (let i = block * blockSize; i < stop; i++) values[i] = scale * (code(packed, row * codeBytes, i) - zero);
      }
      return values;
    });
  }

  #codes(matrix: string): StoredTensor {
    return this.#tensor(this.has(`${matrix}.weight_q8`) ? `${matrix}.weight_q8` : `${matrix}.weight_q4`);
  }

  #tensor(name: string): StoredTensor {
    const tensor = this.#tensors.get(name);
    if (tensor !== undefined) return tensor;
    throw new ExportError('tensor.missing', `${this.#path} holds no tensor "${name}".`, {
      action: 'Export the model again.',
      details: { path: this.#path, tensor: name },
    });
  }

  async #read({ begin }: StoredTensor, offset: number, byteLength: number): Promise<Uint8Array<ArrayBuffer>> {
    this.#signal?.throwIfAborted();
    const bytes = new Uint8Array(byteLength);
    let filled = 0;
    while (filled < byteLength) {
      const { bytesRead } = await this.#handle.read(bytes, filled, byteLength - filled, begin + offset + filled);
      if (bytesRead === 0) {
        throw new ExportError('source.missing', `${this.#path} ends at byte ${begin + offset + filled}.`, {
          action: 'Export the model again.',
          details: { path: this.#path },
        });
      }
      filled += bytesRead;
    }
    return bytes;
  }
}

function stored(tensor: TensorProto): StoredTensor {
  const { begin, end } = placeOf(tensor);
  return { type: typeName(tensor.dataType), shape: tensor.dims.map(Number), begin, byteLength: end - begin };
}

function floats({ buffer }: Uint8Array<ArrayBuffer>, type: string): Float64Array {
  return Float64Array.from(type === 'float16' ? new Float16Array(buffer) : new Float32Array(buffer));
}
