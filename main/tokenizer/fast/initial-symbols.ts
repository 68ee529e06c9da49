/** The first step of byte pair encoding: a token for every character, or, for one that has none, a token for each of its bytes. */
import type { TokenizerFamily } from './family.ts';
import type { Symbols } from './symbols.ts';

export class InitialSymbols {
  /** Id of the token of each unit that is a character, -1 where there is none. */
  readonly #ofUnit = new Int32Array(0x10000).fill(-1);
  readonly #ofPair = new Map<number, number>();
  readonly #byteIds: Int32Array;

  constructor({ pieces, byteIds }: Pick<TokenizerFamily, 'pieces' | 'byteIds'>) {
    this.#byteIds = byteIds;
    pieces.forEach((piece, id) => {
      if (piece.length === 1) this.#ofUnit[piece.charCodeAt(0)] = id;
      const codePoint = piece.codePointAt(0) ?? 0;
      if (piece.length === 2 && codePoint > 0xffff) this.#ofPair.set(codePoint, id);
    });
  }

  /** The token of a character, or -1. */
  idOf(codePoint: number): number {
    return codePoint > 0xffff ? (this.#ofPair.get(codePoint) ?? -1) : (this.#ofUnit[codePoint] ?? -1);
  }

  /** Appends the symbols of `units` from `begin` to `end`. Bytes of one character all have its range. */
  append(units: Uint16Array, begin: number, end: number, symbols: Symbols): void {
    for (let i = begin; i < end; i++) {
      const unit = units[i] ?? 0;
      const isHigh = unit >= 0xd800 && unit <= 0xdbff && i + 1 < end;
      const codePoint = isHigh ? 0x10000 + ((unit - 0xd800) << 10) + ((units[i + 1] ?? 0) - 0xdc00) : unit;
      const stop = isHigh ? i + 2 : i + 1;
      const id = this.idOf(codePoint);
      if (id !== -1) symbols.push(id, i - begin, stop - begin);
      else this.#appendBytes(codePoint, i - begin, stop - begin, symbols);
      i = stop - 1;
    }
  }

  #appendBytes(codePoint: number, start: number, end: number, symbols: Symbols): void {
    const push = (byte: number) => symbols.push(this.#byteIds[byte] ?? 0, start, end);
    if (codePoint < 0x80) push(codePoint);
    else {
      if (codePoint < 0x800) push(0xc0 | (codePoint >>> 6));
      else {
        if (codePoint < 0x10000) push(0xe0 | (codePoint >>> 12));
        else {
          push(0xf0 | (codePoint >>> 18));
          push(0x80 | ((codePoint >>> 12) & 0x3f));
        }
        push(0x80 | ((codePoint >>> 6) & 0x3f));
      }
      push(0x80 | (codePoint & 0x3f));
    }
  }
}
