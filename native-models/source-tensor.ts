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

export interface SourceTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** Bytes in the source, for progress. */
  readonly byteLength: number;
  /** Row-major values. */
  read(options?: ReadOptions): Promise<Float32Array<ArrayBuffer>>;
  /**
   * The values of rows `begin` to `end`, the latter not included, of the first axis. Asked for in order, rows of a remote
   * tensor come from one request: this is how a matrix larger than memory allows is worked through.
   */
  readRows(begin: number, end: number, options?: ReadOptions): Promise<Float32Array<ArrayBuffer>>;
}

export interface WeightSource {
  /** Throws `tensor.missing`, or `tensor.shape` where the shape is another. */
  tensor(name: string, shape: readonly number[]): SourceTensor;
}
