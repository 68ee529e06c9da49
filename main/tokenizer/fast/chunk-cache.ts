/**
 * The tokens of chunks that were seen before. A text of a language repeats its words: most chunks are found here.
 *
 * Everything lies in typed arrays of a fixed size, about 11 MB in all; when one is full, everything is forgotten and learned
 * again, which costs a few milliseconds.
 */
import type { Symbols } from './symbols.ts';

/** Longer chunks are not kept. Units. */
export const longestCachedChunk = 64;

const entryLimit = 1 << 17;
const slotCount = 2 * entryLimit;
const unitLimit = 1 << 20;
const tokenLimit = 1 << 19;

export class ChunkCache {
  readonly #slots = new Int32Array(slotCount).fill(-1);
  readonly #hashes = new Int32Array(entryLimit);
  readonly #unitStart = new Int32Array(entryLimit + 1);
  readonly #units = new Uint16Array(unitLimit);
  #entries = 0;
  #unitCount = 0;
  /** Tokens of entry e are those from `tokenStart[e]` to `tokenStart[e + 1]` of the columns below. */
  readonly tokenStart = new Int32Array(entryLimit + 1);
  readonly ids = new Int32Array(tokenLimit);
  /** Range of the token in units of the chunk. */
  readonly starts = new Uint8Array(tokenLimit);
  readonly ends = new Uint8Array(tokenLimit);

  /** The entry of `units.slice(begin, end)`, whose hash is given, or -1. */
  find(units: Uint16Array, begin: number, end: number, hash: number): number {
    const length = end - begin;
    for (let slot = slotOf(hash); ; slot = (slot + 1) & (slotCount - 1)) {
      const entry = this.#slots[slot] ?? -1;
      if (entry === -1) return -1;
      if (this.#hashes[entry] !== hash) continue;
      const at = this.#unitStart[entry] ?? 0;
      if ((this.#unitStart[entry + 1] ?? 0) - at !== length) continue;
      let i = 0;
      while (i < length && this.#units[at + i] === units[begin + i]) i++;
      if (i === length) return entry;
    }
  }

  /** Keeps the tokens of a chunk that is not here yet, and returns its entry. */
  add(units: Uint16Array, begin: number, end: number, hash: number, symbols: Symbols): number {
    const tokens = this.tokenStart[this.#entries] ?? 0;
    const isFull =
      this.#entries === entryLimit ||
      this.#unitCount + (end - begin) > unitLimit ||
      tokens + symbols.length > tokenLimit;
    if (isFull) {
      this.#slots.fill(-1);
      this.#entries = 0;
      this.#unitCount = 0;
    }
    const entry = this.#entries++;
    let slot = slotOf(hash);
    while (this.#slots[slot] !== -1) slot = (slot + 1) & (slotCount - 1);
    this.#slots[slot] = entry;
    this.#hashes[entry] = hash;
    for (let i = begin; i < end; i++) this.#units[this.#unitCount++] = units[i] ?? 0;
    this.#unitStart[entry + 1] = this.#unitCount;
    let token = this.tokenStart[entry] ?? 0;
    for (let i = 0; i < symbols.length; i++, token++) {
      this.ids[token] = symbols.ids[i] ?? 0;
      this.starts[token] = symbols.start[i] ?? 0;
      this.ends[token] = symbols.end[i] ?? 0;
    }
    this.tokenStart[entry + 1] = token;
    return entry;
  }
}

function slotOf(hash: number): number {
  return (hash ^ (hash >>> 15)) & (slotCount - 1);
}
