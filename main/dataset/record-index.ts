/**
 * Where rows begin in a file of records, kept sparse: one entry for every 64 KB of file, so that a 10 GB file needs 160,000
 * entries and finding any row reads at most 64 KB more than the rows themselves.
 */
export interface RecordPosition {
  row: number;
  offset: number;
  line: number;
}

export const indexStepBytes = 65_536;

export class RecordIndex {
  readonly #entries: RecordPosition[] = [];
  #rowCount = 0;

  get rowCount(): number {
    return this.#rowCount;
  }

  /** Adds the next row of the file. */
  add(position: { offset: number; line: number }): void {
    const last = this.#entries.at(-1);
    if (last === undefined || position.offset - last.offset >= indexStepBytes) {
      this.#entries.push({ row: this.#rowCount, offset: position.offset, line: position.line });
    }
    this.#rowCount++;
  }

  /** The entry to read from in order to reach `row`; `null` past the end. */
  find(row: number): RecordPosition | null {
    if (row < 0 || row >= this.#rowCount) return null;
    let low = 0;
    let high = this.#entries.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#entries[middle]?.row ?? Infinity) <= row) low = middle;
      else high = middle - 1;
    }
    return this.#entries[low] ?? null;
  }
}
