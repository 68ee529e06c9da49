/** A chunk on its way from characters to tokens: symbols in columns, in order; `start` and `end` are units of the chunk. */
import { grownInt32 } from './grown.ts';

export class Symbols {
  ids = new Int32Array(64);
  start = new Int32Array(64);
  end = new Int32Array(64);
  /** Index of the next symbol, -1 at the end. Only while merging a long chunk. */
  next = new Int32Array(64);
  previous = new Int32Array(64);
  length = 0;

  push(id: number, start: number, end: number): void {
    const at = this.length++;
    if (at >= this.ids.length) this.#grow(this.length);
    this.ids[at] = id;
    this.start[at] = start;
    this.end[at] = end;
  }

  #grow(wanted: number): void {
    this.ids = grownInt32(this.ids, wanted);
    this.start = grownInt32(this.start, wanted);
    this.end = grownInt32(this.end, wanted);
    this.next = grownInt32(this.next, wanted);
    this.previous = grownInt32(this.previous, wanted);
  }
}
