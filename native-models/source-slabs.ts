/**
 * One reading of a tensor, in slabs of whole rows, for everyone who makes something of it: each slab is read once, kept until
 * all of them have it, and whoever is ahead waits for the others. So a matrix larger than memory allows is worked through for
 * several outputs at once, and its source is read from start to end.
 */
import type { ReadOptions, SourceTensor, SourceType } from './source-tensor.ts';

export interface Slab {
  readonly tensor: string;
  /** Rows `begin` to `end`, the latter not included, of a matrix of `columns`; a vector is one row. */
  readonly begin: number;
  readonly end: number;
  readonly columns: number;
  readonly type: SourceType;
  /** As stored, little-endian. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Small enough that several workers have some of the smallest matrices, large enough that handing it over costs nothing. */
const slabByteLength = 1 << 20;
/** Slabs that the slowest consumer may be behind. */
const heldLimit = 32;

interface HeldSlab {
  readonly reading: Promise<Slab>;
  left: number;
}

export class SlabReader {
  readonly #tensor: SourceTensor;
  readonly #consumers: number;
  readonly #options: ReadOptions;
  readonly #rows: number;
  readonly #columns: number;
  readonly #slabRows: number;
  readonly #held = new Map<number, HeldSlab>();
  #freed = Promise.withResolvers<undefined>();

  constructor(tensor: SourceTensor, consumers: number, options: ReadOptions = {}) {
    const { shape, byteLength } = tensor;
    this.#tensor = tensor;
    this.#consumers = consumers;
    this.#options = options;
    this.#rows = shape.length > 1 ? (shape[0] ?? 1) : 1;
    this.#columns = shape.slice(shape.length > 1 ? 1 : 0).reduce((product, size) => product * size, 1);
    this.#slabRows = Math.max(1, Math.floor((slabByteLength * this.#rows) / Math.max(1, byteLength)));
    options.signal?.addEventListener('abort', () => this.#freed.resolve(undefined), { once: true });
  }

  /** All slabs in order; each of the consumers goes through them once. */
  async *slabs(): AsyncGenerator<Slab> {
    for (let begin = 0; begin < this.#rows; begin += this.#slabRows) yield await this.#slab(begin);
  }

  async #slab(begin: number): Promise<Slab> {
    this.#options.signal?.throwIfAborted();
    while (!this.#held.has(begin) && this.#held.size >= heldLimit) {
      await this.#freed.promise;
      this.#options.signal?.throwIfAborted();
    }
    const held = this.#held.get(begin) ?? { reading: this.#read(begin), left: this.#consumers };
    this.#held.set(begin, held);
    const slab = await held.reading;
    held.left--;
    if (held.left === 0) {
      this.#held.delete(begin);
      this.#freed.resolve(undefined);
      this.#freed = Promise.withResolvers<undefined>();
    }
    return slab;
  }

  async #read(begin: number): Promise<Slab> {
    const { name, type } = this.#tensor;
    const end = Math.min(this.#rows, begin + this.#slabRows);
    // A vector is read as the elements that it is.
    const isVector = this.#tensor.shape.length < 2;
    const [from, to] = isVector ? [0, this.#columns] : [begin, end];
    const bytes = await this.#tensor.readStoredRows(from, to, this.#options);
    return { tensor: name, begin, end, columns: this.#columns, type, bytes };
  }
}
