/**
 * Where byte pair encoding may be cut: between two characters that stand side by side in no token, nothing is ever merged.
 *
 * Which these are is read from the vocabulary: characters are sorted into classes, and for every two classes it is noted whether
 * any merge has a character of the one before a character of the other within its result. Lucie's training kept words,
 * punctuation, digits and line breaks apart, so almost every border of a word is one; in another vocabulary there would be fewer,
 * and longer chunks, and the same ids.
 */
import type { TokenizerFamily } from './family.ts';
import { metaspace } from './normaliser-rules.ts';
import { trait, unicodeTraitsOfUnits } from './character-traits.ts';

export const classCount = 8;

export class ChunkBorders {
  /** Class of every UTF-16 unit. */
  readonly classOf = new Uint8Array(0x10000);
  /** `joins[a * classCount + b]` is 1 where a unit of class b may belong to the token of a unit of class a before it. */
  readonly joins = new Uint8Array(classCount * classCount);

  constructor({ merges, pieces }: Pick<TokenizerFamily, 'merges' | 'pieces'>) {
    const traits = unicodeTraitsOfUnits();
    for (let unit = 0; unit < 0x10000; unit++) {
      this.classOf[unit] = classOfUnit(unit, ((traits[unit] ?? 0) & trait.takesSpace) !== 0);
    }
    for (const id of new Set(merges.result)) this.#join(pieces[id] ?? '');
    this.#join('\uD83D\uDE00');
  }

  /** True where a chunk ends between the two units. */
  isBorder(before: number, after: number): boolean {
    return this.joins[(this.classOf[before] ?? 0) * classCount + (this.classOf[after] ?? 0)] === 0;
  }

  #join(piece: string): void {
    for (let i = 1; i < piece.length; i++) {
      const before = this.classOf[piece.charCodeAt(i - 1)] ?? 0;
      const after = this.classOf[piece.charCodeAt(i)] ?? 0;
      this.joins[before * classCount + after] = 1;
    }
  }
}

function classOfUnit(unit: number, isWord: boolean): number {
  if (unit === metaspace) return 0;
  if (unit === 0x0a) return 1;
  if (unit === 0x09) return 2;
  if (unit >= 0x30 && unit <= 0x39) return 3;
  if (unit >= 0xd800 && unit <= 0xdfff) return 4;
  if (isWord) return 5;
  return unit < 0x80 ? 6 : 7;
}
