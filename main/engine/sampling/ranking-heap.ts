/**
 * Ids in descending order of score, one at a time: heapify is linear, a pop logarithmic, so that the few best of a large
 * vocabulary cost no full sort. Equal scores come in ascending order of id.
 */
export class RankingHeap {
  readonly #ids: Uint32Array;
  #scores: Float64Array = new Float64Array(0);
  #size = 0;

  constructor(capacity: number) {
    this.#ids = new Uint32Array(capacity);
  }

  /** Starts over, empty; `scores` (one for each id) is read, never written, until the next start. */
  start(scores: Float64Array): void {
    this.#scores = scores;
    this.#size = 0;
  }

  /** Adds an id without keeping the order: `arrange` follows when all are in. */
  add(id: number): void {
    this.#ids[this.#size++] = id;
  }

  arrange(): void {
    for (let i = (this.#size >>> 1) - 1; i >= 0; i--) this.#sink(i);
  }

  /** The best remaining id; -1 when none is left. */
  pop(): number {
    if (this.#size === 0) return -1;
    const best = this.#ids[0] ?? -1;
    this.#size--;
    this.#ids[0] = this.#ids[this.#size] ?? 0;
    this.#sink(0);
    return best;
  }

  #sink(start: number): void {
    const ids = this.#ids;
    let parent = start;
    for (let child = 2 * parent + 1; child < this.#size; child = 2 * parent + 1) {
      if (child + 1 < this.#size && this.#before(ids[child + 1] as number, ids[child] as number)) child++;
      const parentId = ids[parent] as number;
      if (!this.#before(ids[child] as number, parentId)) return;
      ids[parent] = ids[child] as number;
      ids[child] = parentId;
      parent = child;
    }
  }

  #before(a: number, b: number): boolean {
    const [scoreA, scoreB] = [this.#scores[a] as number, this.#scores[b] as number];
    return scoreA > scoreB || (scoreA === scoreB && a < b);
  }
}
