/** Pairs of symbols by rank, then by place: a binary heap of both in one number. */

/** Places are below this: a rank and a place fit the 53 bits of a number exactly. */
const placeLimit = 2 ** 31;

export class MergeQueue {
  #keys = new Float64Array(256);
  #length = 0;
  /** The rank of the pair that was popped last. */
  poppedRank = -1;

  clear(): void {
    this.#length = 0;
    if (this.#keys.length > 2 ** 20) this.#keys = new Float64Array(256);
  }

  /** A rank of -1 (no merge) is not kept. */
  push(rank: number, place: number): void {
    if (rank === -1) return;
    if (this.#length === this.#keys.length) {
      const grown = new Float64Array(2 * this.#length);
      grown.set(this.#keys);
      this.#keys = grown;
    }
    const keys = this.#keys;
    const key = rank * placeLimit + place;
    let at = this.#length++;
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      const above = keys[parent] ?? 0;
      if (above <= key) break;
      keys[at] = above;
      at = parent;
    }
    keys[at] = key;
  }

  /** The place of the pair of the lowest rank, the leftmost of these; -1 where none is left. */
  pop(): number {
    if (this.#length === 0) return -1;
    const keys = this.#keys;
    const top = keys[0] ?? 0;
    const key = keys[--this.#length] ?? 0;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#length) break;
      if (child + 1 < this.#length && (keys[child + 1] ?? 0) < (keys[child] ?? 0)) child++;
      const below = keys[child] ?? 0;
      if (below >= key) break;
      keys[at] = below;
      at = child;
    }
    keys[at] = key;
    this.poppedRank = Math.floor(top / placeLimit);
    return top - this.poppedRank * placeLimit;
  }
}
