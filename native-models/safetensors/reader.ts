/**
 * An open safetensors file: names and shapes at once, one tensor's values at a time, always as float32. Memory stays at one
 * tensor, which is what lets a 7B model pass through a small machine.
 */
import { ExportError } from '../export-error.ts';
import type { ByteSource } from './byte-source.ts';
import { bfloat16ToFloat32, float16ToFloat32 } from './float-conversion.ts';
import { parseHeader, parseHeaderLength, type SafetensorsHeader, type TensorEntry } from './header.ts';
import type { SourceTensor, WeightSource } from '../source-tensor.ts';

export class SafetensorsReader implements WeightSource {
  readonly header: SafetensorsHeader;
  readonly #source: ByteSource;

  private constructor(source: ByteSource, header: SafetensorsHeader) {
    this.#source = source;
    this.header = header;
  }

  /** Reads and validates the header; throws `safetensors.invalid`. The reader owns the source from here on. */
  static async open(source: ByteSource): Promise<SafetensorsReader> {
    const prefix = await source.read(0, Math.min(8, source.byteLength));
    const length = parseHeaderLength(prefix, source.byteLength);
    return new SafetensorsReader(source, parseHeader(await source.read(8, length), source.byteLength));
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
    return { name, shape, byteLength: entry.byteLength, read: () => this.readFloat32(name) };
  }

  /** All values of a tensor in row-major order; throws `safetensors.unsupported` for a type that holds no plain floats. */
  async readFloat32(name: string): Promise<Float32Array<ArrayBuffer>> {
    const entry = this.entry(name);
    const { buffer } = await this.#source.read(entry.offset, entry.byteLength);
    switch (entry.type) {
      case 'F32':
        return new Float32Array(buffer);
      case 'BF16':
        return bfloat16ToFloat32(new Uint16Array(buffer));
      case 'F16':
        return float16ToFloat32(new Uint16Array(buffer));
      default:
        throw new ExportError(
          'safetensors.unsupported',
          `Tensor "${name}" is ${entry.type}; F32, F16 or BF16 is needed.`,
          {
            action: 'Use the original weights of the model, not a quantised copy.',
            details: { tensor: name, type: entry.type },
          },
        );
    }
  }

  async close(): Promise<void> {
    await this.#source.close();
  }
}
