/** The tokens of a text in columns that grow as the main side tells them; a text of a megabyte has 300,000. */
import { unpackBytes, unpackUint32 } from '../../main/contract/packed-numbers.ts';
import type { EncodeEvent } from '../../main/contract/tokenisation.ts';
import type { VocabularyEntry } from '../../main/contract/tokens.ts';

/** Token i is `ids[i]` and covers `text.slice(starts[i], ends[i])`, in UTF-16 units. */
export interface TokenColumns {
  readonly count: number;
  readonly ids: Uint32Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** `tokenFlags` of the contract. */
  readonly flags: Uint8Array;
  readonly vocabulary: ReadonlyMap<number, VocabularyEntry>;
}

type Slice = Extract<EncodeEvent, { type: 'tokens' }>;

const FIRST_CAPACITY = 4_096;

export class GrowingColumns {
  #count = 0;
  #ids = new Uint32Array(FIRST_CAPACITY);
  #starts = new Uint32Array(FIRST_CAPACITY);
  #ends = new Uint32Array(FIRST_CAPACITY);
  #flags = new Uint8Array(FIRST_CAPACITY);
  readonly #vocabulary = new Map<number, VocabularyEntry>();

  append(slice: Slice): void {
    const ids = unpackUint32(slice.ids);
    this.#reserve(this.#count + ids.length);
    this.#ids.set(ids, this.#count);
    this.#starts.set(unpackUint32(slice.starts), this.#count);
    this.#ends.set(unpackUint32(slice.ends), this.#count);
    this.#flags.set(unpackBytes(slice.flags), this.#count);
    for (const entry of slice.vocabulary) this.#vocabulary.set(entry.id, entry);
    this.#count += ids.length;
  }

  /** What is there now; later slices do not change it, except that the vocabulary gains entries. */
  get columns(): TokenColumns {
    const count = this.#count;
    return {
      count,
      ids: this.#ids.subarray(0, count),
      starts: this.#starts.subarray(0, count),
      ends: this.#ends.subarray(0, count),
      flags: this.#flags.subarray(0, count),
      vocabulary: this.#vocabulary,
    };
  }

  #reserve(needed: number): void {
    if (needed <= this.#ids.length) return;
    const capacity = Math.max(needed, 2 * this.#ids.length);
    const grown = (old: Uint32Array) => {
      const next = new Uint32Array(capacity);
      next.set(old);
      return next;
    };
    const flags = new Uint8Array(capacity);
    flags.set(this.#flags);
    [this.#ids, this.#starts, this.#ends, this.#flags] = [
      grown(this.#ids),
      grown(this.#starts),
      grown(this.#ends),
      flags,
    ];
  }
}
