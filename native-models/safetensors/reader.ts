/**
 * An open safetensors file: names and shapes at once, values a chunk at a time, always as float32. Memory stays at what is asked
 * for plus one chunk, which is what lets a 7B model pass through a small machine.
 */
import { ExportError } from '../export-error.ts';
import {
  sourceTypeByteLengths,
  type ReadOptions,
  type SourceTensor,
  type SourceType,
  type WeightSource,
} from '../source-tensor.ts';
import type { ByteSource } from './byte-source.ts';
import { widen } from './float-conversion.ts';
import { parseHeader, parseHeaderLength, type SafetensorsHeader, type TensorEntry } from './header.ts';

/** Source bytes that are read, widened and forgotten at once; the delay of a cancellation. A multiple of every element size. */
const chunkByteLength = 8 << 20;

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
    const type = requireFloats(entry);
    const [rows = 1, ...rest] = shape;
    const rowLength = rest.reduce((product, size) => product * size, 1);
    return {
      name,
      shape,
      type,
      byteLength: entry.byteLength,
      place: entry.offset,
      read: (options) => this.#readElements(entry, 0, rows * rowLength, options),
      readRows: (begin, end, options) => this.#readElements(entry, begin * rowLength, end * rowLength, options),
      readStoredRows: (begin, end, options) => this.#readStored(entry, begin * rowLength, end * rowLength, options),
    };
  }

  /** All values of a tensor in row-major order; throws `safetensors.unsupported` for a type that holds no plain floats. */
  async readFloat32(name: string, options?: ReadOptions): Promise<Float32Array<ArrayBuffer>> {
    const entry = this.entry(name);
    return this.#readElements(entry, 0, entry.byteLength / sourceTypeByteLengths[requireFloats(entry)], options);
  }

  async #readElements(
    entry: TensorEntry,
    begin: number,
    end: number,
    options?: ReadOptions,
  ): Promise<Float32Array<ArrayBuffer>> {
    const type = requireFloats(entry);
    const values = new Float32Array(end - begin);
    const step = chunkByteLength / sourceTypeByteLengths[type];
    for (let at = begin; at < end; at += step) {
      values.set(widen(type, await this.#readStored(entry, at, Math.min(at + step, end), options)), at - begin);
    }
    return values;
  }

  async #readStored(
    entry: TensorEntry,
    begin: number,
    end: number,
    { signal, onBytes }: ReadOptions = {},
  ): Promise<Uint8Array<ArrayBuffer>> {
    const elementByteLength = sourceTypeByteLengths[requireFloats(entry)];
    const byteLength = (end - begin) * elementByteLength;
    const through = entry.offset + entry.byteLength;
    const offset = entry.offset + begin * elementByteLength;
    const bytes = await this.#source.read(offset, byteLength, { signal, through });
    onBytes?.(byteLength);
    return bytes;
  }

  async close(): Promise<void> {
    await this.#source.close();
  }
}

function requireFloats({ name, type }: TensorEntry): SourceType {
  if (type === 'F32' || type === 'F16' || type === 'BF16') return type;
  throw new ExportError('safetensors.unsupported', `Tensor "${name}" is ${type}; F32, F16 or BF16 is needed.`, {
    action: 'Use the original weights of the model, not a quantised copy.',
    details: { tensor: name, type },
  });
}
