/**
 * Where a text may be cut so that its parts give the same tokens as the whole: between two characters that the normaliser and the
 * decoder treat without regard to each other, and where byte pair encoding has a border.
 */
import { trait, type CharacterTraits } from './character-traits.ts';
import type { ChunkBorders } from './chunk-borders.ts';
import { metaspace } from './normaliser-rules.ts';
import type { Swallowers } from './swallowers.ts';

const looksBack = trait.deleted | trait.surrogate | trait.joins | trait.changes;
const looksAhead = looksBack | trait.spacedAfter;

export class SliceBorders {
  readonly #traits: Uint8Array;
  readonly #chunks: ChunkBorders;
  readonly #swallowers: Swallowers;

  constructor(traits: CharacterTraits, chunks: ChunkBorders, swallowers: Swallowers) {
    this.#traits = traits.ofUnit;
    this.#chunks = chunks;
    this.#swallowers = swallowers;
  }

  /** The last border in `text` after `begin` and up to `end`, or -1. */
  lastIn(text: string, begin: number, end: number): number {
    for (let at = Math.min(end, text.length - 1); at > begin; at--) if (this.#isBorder(text, at)) return at;
    return -1;
  }

  #isBorder(text: string, at: number): boolean {
    const before = text.charCodeAt(at - 1);
    const after = text.charCodeAt(at);
    const traitsBefore = this.#traits[before] ?? 0;
    const traitsAfter = this.#traits[after] ?? 0;
    if (traitsBefore & looksAhead || traitsAfter & looksBack) return false;
    if (this.#swallowers.endsIn(before) !== 'never') return false;
    const written = (unit: number, traits: number) => (traits & trait.blank ? metaspace : unit);
    return this.#chunks.isBorder(written(before, traitsBefore), written(after, traitsAfter));
  }
}
