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

  /** Starts over with the first `count` ids whose score is at least `lowest`; `scores` is read, never written, until the next. */
  fill(scores: Float64Array, count: number, lowest: number): void {
    const ids = this.#ids;
    let size = 0;
    for (let id = 0; id < count; id++) if ((scores[id] as number) >= lowest) ids[size++] = id;
    this.#scores = scores;
    this.#size = size;
    for (let i = (size >>> 1) - 1; i >= 0; i--) this.#sink(i);
  }

  /** The best remaining id; -1 when none is left. */
  pop(): number {
    if (this.#size === 0) return -1;
    const best = this.#ids[0] ?? -1;
    this.#size--;
    this.#ids[0] = this.#ids[this.#size] ?? 0;
    if (this.#size > 0) this.#sink(0);
    return best;
  }

  #sink(start: number): void {
    const [ids, scores, size] = [this.#ids, this.#scores, this.#size];
    const id = ids[start] as number;
    const score = scores[id] as number;
    let place = start;
    for (let child = 2 * place + 1; child < size; child = 2 * place + 1) {
      let childId = ids[child] as number;
      let childScore = scores[childId] as number;
      if (child + 1 < size) {
        const otherId = ids[child + 1] as number;
        const otherScore = scores[otherId] as number;
        if (otherScore > childScore || (otherScore === childScore && otherId < childId)) {
          child++;
          childId = otherId;
          childScore = otherScore;
        }
      }
      if (childScore < score || (childScore === score && childId > id)) break;
      ids[place] = childId;
      place = child;
    }
    ids[place] = id;
  }
}
