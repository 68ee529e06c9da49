/** Rank and result of the merge of two tokens: an open hash table over typed arrays, several times faster than a Map of keys. */

/** Merges in order of rank: ids of the left part, the right part and the result. */
export interface MergeColumns {
  left: Int32Array;
  right: Int32Array;
  result: Int32Array;
}

export class MergeTable {
  readonly #left: Int32Array;
  readonly #right: Int32Array;
  readonly #rank: Int32Array;
  readonly #mask: number;
  readonly #result: Int32Array;
  /** Number of pairs; less than that of the merges where one of them is there twice. */
  readonly size: number;

  constructor({ left, right, result }: MergeColumns) {
    let size = 16;
    while (size < 2 * left.length) size *= 2;
    this.#mask = size - 1;
    this.#left = new Int32Array(size).fill(-1);
    this.#right = new Int32Array(size);
    this.#rank = new Int32Array(size);
    this.#result = result;
    let pairs = 0;
    for (let rank = 0; rank < left.length; rank++) {
      const slot = this.#slotOf(left[rank] ?? 0, right[rank] ?? 0);
      if (this.#left[slot] === -1) pairs++;
      this.#left[slot] = left[rank] ?? 0;
      this.#right[slot] = right[rank] ?? 0;
      this.#rank[slot] = rank;
    }
    this.size = pairs;
  }

  /** The rank of the merge, 0 being applied first; -1 where the two are never merged. */
  rankOf(left: number, right: number): number {
    const slot = this.#slotOf(left, right);
    return this.#left[slot] === -1 ? -1 : (this.#rank[slot] ?? -1);
  }

  /** The token that the merge of this rank makes. */
  resultOf(rank: number): number {
    return this.#result[rank] ?? -1;
  }

  #slotOf(left: number, right: number): number {
    let slot = hashOf(left, right) & this.#mask;
    while (this.#left[slot] !== -1 && (this.#left[slot] !== left || this.#right[slot] !== right)) {
      slot = (slot + 1) & this.#mask;
    }
    return slot;
  }
}

function hashOf(left: number, right: number): number {
  const mixed = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
