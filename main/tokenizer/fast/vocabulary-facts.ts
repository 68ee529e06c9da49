/**
 * What is known of each entry of the vocabulary: the merge that makes it, and whether any text ever gives it.
 *
 * A token that byte pair encoding gives within a text is also what its own characters give alone: no merge crossed its borders,
 * so those within it happened in the same order. So a token is out of reach where its characters alone give something else, or
 * where they cannot stand so in a normalised text. Otherwise a text is tried in which it stands between two digits, which merge
 * with nothing in Lucie's vocabulary: where it appears, it is reached. test/parity/tokenizer/reachability.test.ts checks that for
 * each token one of the two holds.
 */
import { codePointsInBytes } from './byte-reach.ts';
import type { FastEncoder } from './fast-encoder.ts';
import { Symbols } from './symbols.ts';

export type Reachability =
  | 'reachable'
  /** Only where control tokens in the text are read as such, or put in by a template. */
  | 'control'
  /** Its characters never stand so in a normalised text: a no-break space, a letter right after `(`. */
  | 'never-normalised'
  /** Its characters are always merged into other tokens; or, for a byte, no character that needs it lacks a token. */
  | 'never-merged';

export class VocabularyFacts {
  readonly #encoder: FastEncoder;
  readonly #ranks: Int32Array;
  readonly #controlIds: ReadonlySet<number>;
  readonly #byteOf: ReadonlyMap<number, number>;
  #usedBytes: Uint8Array | null = null;

  constructor(encoder: FastEncoder) {
    this.#encoder = encoder;
    const { pieces, merges, controlTokens, byteIds } = encoder.family;
    this.#ranks = new Int32Array(pieces.length).fill(-1);
    for (let rank = merges.result.length - 1; rank >= 0; rank--) this.#ranks[merges.result[rank] ?? 0] = rank;
    this.#controlIds = new Set(controlTokens.map(({ id }) => id));
    this.#byteOf = new Map(Array.from(byteIds, (id, byte) => [id, byte]));
  }

  /** Rank of the first merge that makes the token, 0 being the first line; `null` for characters, bytes and control tokens. */
  mergeRankOf(id: number): number | null {
    const rank = this.#ranks[id] ?? -1;
    return rank === -1 ? null : rank;
  }

  reachabilityOf(id: number): Reachability {
    if (this.#controlIds.has(id)) return 'control';
    const byte = this.#byteOf.get(id);
    if (byte !== undefined) {
      this.#usedBytes ??= codePointsInBytes(this.#encoder);
      return this.#usedBytes[byte] === 1 ? 'reachable' : 'never-merged';
    }
    const piece = this.#encoder.family.pieces[id] ?? '';
    if (!this.#isMadeOfItself(id, piece)) return 'never-merged';
    return this.#isFound(id, piece) ? 'reachable' : 'never-normalised';
  }

  /** True where the characters of the piece alone are merged into the token. */
  #isMadeOfItself(id: number, piece: string): boolean {
    const units = Uint16Array.from({ length: piece.length }, (_, i) => piece.charCodeAt(i));
    const symbols = new Symbols();
    this.#encoder.chunks.initial.append(units, 0, units.length, symbols);
    this.#encoder.chunks.merger.merge(symbols);
    return symbols.length === 1 && symbols.ids[0] === id;
  }

  #isFound(id: number, piece: string): boolean {
    return this.#encoder.encodeIds(`1${piece.replaceAll('▁', ' ')}1`).includes(id);
  }
}
