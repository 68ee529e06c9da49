/** The UTF-16 units of a part of a string in a typed array: reading them there is faster than from the string. */
export class SourceUnits {
  #bytes: Buffer = Buffer.alloc(0);
  #units = new Uint16Array(0);

  /** The units of `text.slice(begin, end)`, valid until the next call. */
  read(text: string, begin: number, end: number): Uint16Array {
    const count = end - begin;
    if (this.#units.length < count) {
      this.#units = new Uint16Array(count + (count >>> 1));
      this.#bytes = Buffer.from(this.#units.buffer);
    }
    this.#bytes.write(text.slice(begin, end), 'utf16le');
    return this.#units;
  }
}
