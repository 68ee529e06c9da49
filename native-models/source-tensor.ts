/**
 * A published weight, known by name and shape, its values not read yet. What the architectures see of the weights: whether they
 * come from one file, from shards or from elsewhere is the business of whoever implements `WeightSource`.
 */
export interface SourceTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** Bytes in the source, for progress. */
  readonly byteLength: number;
  /** Row-major values. */
  read(): Promise<Float32Array<ArrayBuffer>>;
}

export interface WeightSource {
  /** Throws `tensor.missing`, or `tensor.shape` where the shape is another. */
  tensor(name: string, shape: readonly number[]): SourceTensor;
}
