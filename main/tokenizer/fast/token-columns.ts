/** Tokens of a text in columns of typed arrays: 13 bytes a token, where arrays of objects take over a hundred. */
import { tokenFlags } from '../../contract/tokenisation.ts';
import { grownInt32, grownUint8 } from './grown.ts';

/** Bits of the column `flags`: those that are told, and one that stays here. */
export const tokenFlag = {
  ...tokenFlags,
  /** A control token that was found in the text. */
  control: 2,
} as const;

export interface TokenColumns {
  ids: Int32Array;
  /** Token i covers `text.slice(starts[i], ends[i])`, in UTF-16 units of the text as it was given. Never decreasing. */
  starts: Int32Array;
  ends: Int32Array;
  flags: Uint8Array;
}

/** Columns that grow. */
export class TokenSink {
  ids = new Int32Array(256);
  starts = new Int32Array(256);
  ends = new Int32Array(256);
  flags = new Uint8Array(256);
  length = 0;

  /** Makes room for `count` more tokens. */
  reserve(count: number): void {
    const wanted = this.length + count;
    if (wanted <= this.ids.length) return;
    this.ids = grownInt32(this.ids, wanted);
    this.starts = grownInt32(this.starts, wanted);
    this.ends = grownInt32(this.ends, wanted);
    this.flags = grownUint8(this.flags, wanted);
  }

  push(id: number, start: number, end: number, flags: number): void {
    this.reserve(1);
    const at = this.length++;
    this.ids[at] = id;
    this.starts[at] = start;
    this.ends[at] = end;
    this.flags[at] = flags;
  }

  /** Copies of the columns; the sink is empty afterwards. */
  take(): TokenColumns {
    const { length } = this;
    this.length = 0;
    return {
      ids: this.ids.slice(0, length),
      starts: this.starts.slice(0, length),
      ends: this.ends.slice(0, length),
      flags: this.flags.slice(0, length),
    };
  }
}
