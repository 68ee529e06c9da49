/**
 * An open safetensors file: names and shapes at once, values a chunk at a time, always as float32. Memory stays at what is asked
 * for plus one chunk, which is what lets a 7B model pass through a small machine.
 */
import { ExportError } from '../export-error.ts';
import type { ReadOptions, SourceTensor, WeightSource } from '../source-tensor.ts';
import type { ByteSource } from './byte-source.ts';
import { bfloat16ToFloat32, float16ToFloat32 } from './float-conversion.ts';
import { parseHeader, parseHeaderLength, type SafetensorsHeader, type TensorEntry } from './header.ts';

/** Source bytes that are read, widened and forgotten at once; the delay of a cancellation. A multiple of every element size. */
const chunkByteLength = 8 << 20;

const floatByteLengths = { F32: 4, F16: 2, BF16: 2 } as const;
type FloatType = keyof typeof floatByteLengths;

export class SafetensorsReader implements WeightSource {
  readonly header: SafetensorsHeader;
  readonly #source: ByteSource;

  private constructor(source: ByteSource, header: SafetensorsHeader) {
    this.#source = source;
    this.header = header;
  }

  /** Reads and validates the header; throws `safetensors.invalid`. The reader owns the source from here on, also when it throws. */
  static async open(source: ByteSource, signal?: AbortSignal): Promise<SafetensorsReader> {
    try {
      const prefix = await source.read(0, Math.min(8, source.byteLength), { signal });
      const length = parseHeaderLength(prefix, source.byteLength);
      return new SafetensorsReader(source, parseHeader(await source.read(8, length, { signal }), source.byteLength));
    } catch (error) {
      await source.close();
      throw error;
    }
  }

  get source(): ByteSource {
    return this.#source;
  }

  /** The entry of a tensor; throws `tensor.missing`. */
  entry(name: string): TensorEntry {
    const entry = this.header.tensors.get(name);
    if (entry !== undefined) return entry;
    throw new ExportError('tensor.missing', `${this.#source.name} holds no tensor "${name}".`, {
      action: 'The weights and config.json are of different models, or a part of the weights is missing.',
      details: { path: this.#source.name, tensor: name },
    });
  }

  /** Throws `safetensors.unsupported` for a type that holds no plain floats. */
  tensor(name: string, shape: readonly number[]): SourceTensor {
    const entry = this.entry(name);
    if (entry.shape.length !== shape.length || entry.shape.some((size, axis) => size !== shape[axis])) {
      throw new ExportError(
        'tensor.shape',
        `Tensor "${name}" has the shape [${entry.shape.join(', ')}]; config.json implies [${shape.join(', ')}].`,
        {
          action: 'The weights and config.json are of different models: fetch both from the same revision.',
          details: { tensor: name, expected: shape, actual: entry.shape },
        },
      );
    }
    requireFloats(entry);
    const [rows = 1, ...rest] = shape;
    const rowLength = rest.reduce((product, size) => product * size, 1);
    return {
      name,
      shape,
      byteLength: entry.byteLength,
      read: (options) => this.#readElements(entry, 0, rows * rowLength, options),
      readRows: (begin, end, options) => this.#readElements(entry, begin * rowLength, end * rowLength, options),
    };
  }

  /** All values of a tensor in row-major order; throws `safetensors.unsupported` for a type that holds no plain floats. */
  async readFloat32(name: string, options?: ReadOptions): Promise<Float32Array<ArrayBuffer>> {
    const entry = this.entry(name);
    return this.#readElements(entry, 0, entry.byteLength / floatByteLengths[requireFloats(entry)], options);
  }

  async #readElements(
    entry: TensorEntry,
    begin: number,
    end: number,
    { signal, onBytes }: ReadOptions = {},
  ): Promise<Float32Array<ArrayBuffer>> {
    const type = requireFloats(entry);
    const elementByteLength = floatByteLengths[type];
    const through = entry.offset + entry.byteLength;
    const values = new Float32Array(end - begin);
    const step = chunkByteLength / elementByteLength;
    for (let at = begin; at < end; at += step) {
      const length = Math.min(step, end - at);
      const byteLength = length * elementByteLength;
      const bytes = await this.#source.read(entry.offset + at * elementByteLength, byteLength, { signal, through });
      widen(type, bytes, values.subarray(at - begin, at - begin + length));
      onBytes?.(byteLength);
    }
    return values;
  }

  async close(): Promise<void> {
    await this.#source.close();
  }
}

function widen(type: FloatType, { buffer }: Uint8Array<ArrayBuffer>, values: Float32Array<ArrayBuffer>): void {
  switch (type) {
    case 'F32':
      values.set(new Float32Array(buffer));
      return;
    case 'BF16':
      bfloat16ToFloat32(new Uint16Array(buffer), values);
      return;
    case 'F16':
      float16ToFloat32(new Uint16Array(buffer), values);
  }
}

function requireFloats({ name, type }: TensorEntry): FloatType {
  if (type === 'F32' || type === 'F16' || type === 'BF16') return type;
  throw new ExportError('safetensors.unsupported', `Tensor "${name}" is ${type}; F32, F16 or BF16 is needed.`, {
    action: 'Use the original weights of the model, not a quantised copy.',
    details: { tensor: name, type },
  });
}
