/**
 * The rows of the embedding matrix, looked up by the graph's own operator and so exact for the matrix as the file stores it. A matrix
 * that is small in float32 is kept as it is read; of a large one (65,024 rows of 4,096 are 1 GB) only the lengths of the rows are.
 */
import { requireFinite } from '../require-finite.ts';
import type { InspectedModel } from './inspected-model.ts';
import { ProbeSession } from './probe-session.ts';

/** Rows that are read at once. */
export const batchRows = 1024;
const float32Bytes = 4;
const mostKeptBytes = 256 << 20;

export class EmbeddingRows {
  readonly #model: InspectedModel;
  readonly #lengths: Float64Array;
  #matrix: Float32Array | null = null;
  /** Rows that `#matrix` holds, from the first on. */
  #held = 0;
  #session: ProbeSession | null = null;

  constructor(model: InspectedModel) {
    this.#model = model;
    this.#lengths = new Float64Array(model.config.vocabularySize).fill(NaN);
  }

  /** Of `count` rows from `first` on, `[count * hiddenSize]`. It belongs to the matrix: not to be written. */
  async read(first: number, count: number): Promise<Float32Array> {
    const { hiddenSize } = this.#model.config;
    if (first + count <= this.#held) {
      return (this.#matrix as Float32Array).subarray(first * hiddenSize, (first + count) * hiddenSize);
    }
    this.#session ??= await ProbeSession.open(this.#model.graph.embedding(), this.#model.place);
    const rows = await this.#session.embed(Array.from({ length: count }, (_, i) => first + i));
    if (first === this.#held && isKept(this.#model.config)) {
      this.#matrix ??= new Float32Array(this.#model.config.vocabularySize * hiddenSize);
      this.#matrix.set(rows, first * hiddenSize);
      this.#held += count;
    }
    return rows;
  }

  /** Of row `id`, computed when it is first seen. @throws WorkbenchError `MODEL_FILE_CORRUPT` */
  lengthOf(id: number, row: Float32Array): number {
    const known = this.#lengths[id] as number;
    if (!Number.isNaN(known)) return known;
    const length = requireFinite(Math.sqrt(dot(row, row)), `row ${id} of its embedding the length`);
    this.#lengths[id] = length;
    return length;
  }

  /** Lets go of the weights in the runtime; what is kept stays. */
  async release(): Promise<void> {
    await this.#session?.release();
    this.#session = null;
  }
}

/** What a search holds in float32: the matrix where it is kept, and batches that wait to be collected. */
export function embeddingRowBytes(config: InspectedModel['config']): number {
  const { vocabularySize, hiddenSize } = config;
  const kept = isKept(config) ? float32Bytes * vocabularySize * hiddenSize : 0;
  return kept + 8 * float32Bytes * Math.min(batchRows, vocabularySize) * hiddenSize;
}

export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function isKept({ vocabularySize, hiddenSize }: InspectedModel['config']): boolean {
  return float32Bytes * vocabularySize * hiddenSize <= mostKeptBytes;
}
