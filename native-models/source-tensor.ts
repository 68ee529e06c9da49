/**
 * A published weight, known by name and shape, its values not read yet. What the architectures see of the weights: whether they
 * come from one file, from shards or over the network is the business of whoever implements `WeightSource`.
 */
export interface ReadOptions {
  /** Heard within a chunk of a few megabytes. */
  readonly signal?: AbortSignal | undefined;
  /** Called with the source bytes that were just read, which sum to those of what was asked for. */
  readonly onBytes?: ((byteLength: number) => void) | undefined;
}

/** The element types of published weights, by their names in safetensors files. */
export type SourceType = 'F32' | 'F16' | 'BF16';

export const sourceTypeByteLengths = { F32: 4, F16: 2, BF16: 2 } as const satisfies Record<SourceType, number>;

export interface SourceTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: SourceType;
  /** Bytes in the source. */
  readonly byteLength: number;
  /** Ascends in the order in which the source stores its tensors: whoever reads them in it reads every file from start to end. */
  readonly place: number;
  /** Row-major values. */
  read(options?: ReadOptions): Promise<Float32Array<ArrayBuffer>>;
  /** The values of rows `begin` to `end`, the latter not included, of the first axis. */
  readRows(begin: number, end: number, options?: ReadOptions): Promise<Float32Array<ArrayBuffer>>;
  /** The same rows as the source stores them, little-endian. */
  readStoredRows(begin: number, end: number, options?: ReadOptions): Promise<Uint8Array<ArrayBuffer>>;
}

export interface WeightSource {
  /** Throws `tensor.missing`, or `tensor.shape` where the shape is another. */
  tensor(name: string, shape: readonly number[]): SourceTensor;
}
