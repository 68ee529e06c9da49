/** Normalised text in columns: every UTF-16 unit of it with the range of the source that it stands for. */
import { grownInt32, grownUint16 } from './grown.ts';

export class NormalisedText {
  /** Units; spaces are written `▁`. */
  units = new Uint16Array(1024);
  /** Unit i stands for `source.slice(from[i], to[i])`; an inserted space has an empty range. Never decreasing. */
  from = new Int32Array(1024);
  to = new Int32Array(1024);
  length = 0;

  /** Makes room for `count` more units. */
  reserve(count: number): void {
    const wanted = this.length + count;
    if (wanted <= this.units.length) return;
    this.units = grownUint16(this.units, wanted);
    this.from = grownInt32(this.from, wanted);
    this.to = grownInt32(this.to, wanted);
  }

  toString(): string {
    let text = '';
    for (let i = 0; i < this.length; i += 8192) {
      text += String.fromCharCode(...this.units.subarray(i, Math.min(i + 8192, this.length)));
    }
    return text;
  }
}
