/**
 * What the normaliser does with each character, looked up once: a byte of traits for every UTF-16 unit, and for characters
 * beyond them when first met.
 */
import { space, type NormaliserRules } from './normaliser-rules.ts';
import { changesAlone, isInert, isWord, joinsBackward } from './unicode-versions.ts';

export const trait = {
  /** A space is inserted in front of it, where it follows a character that asks for one: a word character or a space. */
  takesSpace: 1,
  /** Becomes `▁`. */
  blank: 2,
  /** Asks for a space before what follows. */
  spacedAfter: 4,
  deleted: 8,
  surrogate: 16,
  /** NFC may join or reorder it with what stands before it. */
  joins: 32,
  /** NFC writes it differently even alone. */
  changes: 64,
  /** NFC leaves it and its neighbours alone. */
  inert: 128,
} as const;

export const bmpSize = 0x10000;

export class CharacterTraits {
  /** Traits of every UTF-16 unit. */
  readonly ofUnit = new Uint8Array(bmpSize);
  readonly #astral = new Uint8Array(0x100000);
  readonly #astralKnown = new Uint8Array(0x100000 / 8);

  constructor(rules: NormaliserRules) {
    this.ofUnit.set(unicodeTraitsOfUnits());
    const add = (units: readonly number[], one: number) => {
      for (const unit of units) this.ofUnit[unit] = (this.ofUnit[unit] ?? 0) | one;
    };
    add([space], trait.takesSpace);
    add(rules.blanks, trait.blank);
    add(rules.deleted, trait.deleted);
    add(rules.spacedAfter, trait.spacedAfter);
  }

  /** Traits of a character; of a lone surrogate, those of U+FFFD: none. */
  ofCodePoint(codePoint: number): number {
    if (codePoint < bmpSize) {
      const traits = this.ofUnit[codePoint] ?? 0;
      return traits & trait.surrogate ? 0 : traits;
    }
    const index = codePoint - bmpSize;
    const bit = 1 << (index & 7);
    const known = this.#astralKnown[index >>> 3] ?? 0;
    if (!(known & bit)) {
      this.#astral[index] = unicodeTraits(codePoint);
      this.#astralKnown[index >>> 3] = known | bit;
    }
    return this.#astral[index] ?? 0;
  }
}

let ofUnits: Uint8Array | null = null;

/** The traits of every unit that come from Unicode alone; computed once. */
export function unicodeTraitsOfUnits(): Uint8Array {
  ofUnits ??= Uint8Array.from({ length: bmpSize }, (_, unit) => unicodeTraits(unit));
  return ofUnits;
}

function unicodeTraits(codePoint: number): number {
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return trait.surrogate;
  return (
    (isWord(codePoint) ? trait.takesSpace : 0) |
    (joinsBackward(codePoint) ? trait.joins : 0) |
    (changesAlone(codePoint) ? trait.changes : 0) |
    (isInert(codePoint) ? trait.inert : 0)
  );
}
