/**
 * Cuts a stream of bytes into records without ever holding more than one: JSON lines at every newline, CSV at a newline
 * outside quotes. A record over the limit is measured to its end but not kept.
 */

/** Where the next record of a chunk ends; carries its state from chunk to chunk. */
export interface RecordBoundary {
  /** Index just past the end of the record that goes on at `from`, -1 where this chunk does not end it. */
  findEnd(chunk: Buffer, from: number): number;
}

export interface RawRecord {
  /** Byte offset of the record in the file. */
  offset: number;
  /** Line of the file, counted from 1, on which the record begins. */
  line: number;
  byteLength: number;
  /** With its line end; `null` where it is longer than the limit. */
  bytes: Buffer | null;
}

export class RecordSplitter {
  readonly #boundary: RecordBoundary;
  readonly #limitBytes: number;
  #pending: Buffer[] = [];
  #pendingLength = 0;
  #offset: number;
  #line: number;

  constructor(boundary: RecordBoundary, limitBytes: number, start: { offset: number; line: number }) {
    this.#boundary = boundary;
    this.#limitBytes = limitBytes;
    this.#offset = start.offset;
    this.#line = start.line;
  }

  /** The records that end in this chunk. */
  *push(chunk: Buffer): Generator<RawRecord> {
    let from = 0;
    while (from < chunk.length) {
      const end = this.#boundary.findEnd(chunk, from);
      this.#keep(chunk.subarray(from, end === -1 ? chunk.length : end));
      if (end === -1) return;
      yield this.#take();
      from = end;
    }
  }

  /** The last record of a file that does not end with a newline. */
  finish(): RawRecord | null {
    return this.#pendingLength === 0 ? null : this.#take();
  }

  #keep(part: Buffer): void {
    this.#pendingLength += part.length;
    if (this.#pendingLength > this.#limitBytes) this.#pending = [];
    else this.#pending.push(part);
  }

  #take(): RawRecord {
    const isTooLong = this.#pendingLength > this.#limitBytes;
    const [first] = this.#pending;
    const bytes = isTooLong ? null : this.#pending.length === 1 && first ? first : Buffer.concat(this.#pending);
    const record = { offset: this.#offset, line: this.#line, byteLength: this.#pendingLength, bytes };
    this.#offset += this.#pendingLength;
    this.#line += bytes === null ? 1 : countNewlines(bytes);
    this.#pending = [];
    this.#pendingLength = 0;
    return record;
  }
}

const newline = 0x0a;

export const lineBoundary: RecordBoundary = {
  findEnd: (chunk, from) => {
    const index = chunk.indexOf(newline, from);
    return index === -1 ? -1 : index + 1;
  },
};

/** RFC 4180: a field is quoted where its first character is a quote; inside, a doubled quote is a quote. */
export class CsvBoundary implements RecordBoundary {
  readonly #delimiter: number;
  #state: 'field-start' | 'plain' | 'quoted' | 'after-quote' = 'field-start';

  constructor(delimiter: string) {
    this.#delimiter = delimiter.charCodeAt(0);
  }

  findEnd(chunk: Buffer, from: number): number {
    let state = this.#state;
    for (let index = from; index < chunk.length; index++) {
      const byte = chunk[index];
      if (state === 'quoted') {
        if (byte === 0x22) state = 'after-quote';
      } else if (byte === newline) {
        this.#state = 'field-start';
        return index + 1;
      } else if (byte === 0x22 && state !== 'plain') state = 'quoted';
      else state = byte === this.#delimiter ? 'field-start' : 'plain';
    }
    this.#state = state;
    return -1;
  }
}

function countNewlines(bytes: Buffer): number {
  let count = 0;
  for (let index = bytes.indexOf(newline); index !== -1; index = bytes.indexOf(newline, index + 1)) count++;
  return count;
}
