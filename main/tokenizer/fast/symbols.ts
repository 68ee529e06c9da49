/** A chunk on its way from characters to tokens: symbols in columns, in order; `start` and `end` are units of the chunk. */
import { grownInt32 } from './grown.ts';

/** Columns that a long chunk made longer than this are given up when the next chunk begins. */
const keptSymbols = 1 << 16;

export class Symbols {
  ids = new Int32Array(64);
  start = new Int32Array(64);
  end = new Int32Array(64);
  /** Index of the next symbol, -1 at the end. Only while merging a long chunk. */
  next = new Int32Array(64);
  previous = new Int32Array(64);
  length = 0;

  clear(): void {
    this.length = 0;
    if (this.ids.length > keptSymbols) this.#resize(() => new Int32Array(64));
  }

  push(id: number, start: number, end: number): void {
    const at = this.length++;
    if (at >= this.ids.length) this.#resize((column) => grownInt32(column, this.length));
    this.ids[at] = id;
    this.start[at] = start;
    this.end[at] = end;
  }

  #resize(resized: (column: Int32Array<ArrayBuffer>) => Int32Array<ArrayBuffer>): void {
    this.ids = resized(this.ids);
    this.start = resized(this.start);
    this.end = resized(this.end);
    this.next = resized(this.next);
    this.previous = resized(this.previous);
  }
}
