/**
 * The bytes that a token adds to a text. Mostly these are its piece's own, but a decoder may drop the space in front: at the
 * start of an answer, and for Lucie after an apostrophe, a bracket, a quote or a line break. So what a token adds depends on
 * where it stands (`TextPlace`).
 *
 * Bytes are strings of one character (U+0000 to U+00FF) a byte, which compare and search faster than arrays. Not covered, as
 * no text needs it: `▁` itself spelled with three byte tokens, and malformed UTF-8, which is shown as U+FFFD.
 */
import { bytesOf, fromByteLevel } from './byte-level.ts';
import { byteOfPiece } from './byte-pieces.ts';
import type { TextRules } from './text-rules.ts';
import type { Tokenizer } from './tokenizer.ts';

/** Where the next token stands. */
export interface TextPlace {
  /** Nothing was written yet. */
  readonly isStart: boolean;
  /** One space in front of the next token would be dropped. */
  readonly swallows: boolean;
  /** The last bytes, dropped spaces included. */
  readonly tail: string;
}

export class TokenBytes {
  readonly vocabularySize: number;
  readonly rules: TextRules;
  /** By id: the bytes in the middle of a text; empty for a control token. */
  readonly plain: readonly string[];
  /** By id: as the decoder sees the piece, before it drops spaces after characters of the same piece. */
  readonly #raw: readonly string[];
  readonly #swallowers: readonly string[];
  readonly #tailLength: number;
  /** Tokens with a space that is not written `▁`: it stays at the start of a text. */
  readonly #realSpaces = new Set<number>();

  constructor(
    tokenizer: Pick<Tokenizer, 'vocabularySize' | 'pieceOf' | 'isSpecial' | 'hasByteFallback' | 'textRules'>,
  ) {
    this.vocabularySize = tokenizer.vocabularySize;
    this.rules = tokenizer.textRules;
    this.#swallowers = this.rules.swallowers.map(bytesOf);
    this.#tailLength = Math.max(0, ...this.#swallowers.map(({ length }) => length));
    this.#raw = Array.from({ length: this.vocabularySize }, (_, id) => {
      if (tokenizer.isSpecial(id)) return '';
      const piece = tokenizer.pieceOf(id);
      const byte = tokenizer.hasByteFallback ? byteOfPiece(piece) : null;
      if (byte === 0x20 || piece.includes(' ')) this.#realSpaces.add(id);
      if (byte !== null) return String.fromCharCode(byte);
      return this.rules.isByteLevel ? fromByteLevel(piece) : bytesOf(piece.replaceAll('▁', ' '));
    });
    this.plain = this.#raw.map((raw) => this.#swallowers.reduce((text, one) => text.replaceAll(`${one} `, one), raw));
  }

  get start(): TextPlace {
    return { isStart: true, swallows: this.rules.atStart === 'one-space-less', tail: '' };
  }

  /** What the token adds at this place. */
  at(place: TextPlace, id: number): string {
    const text = this.plain[id] ?? '';
    if (!text.startsWith(' ')) return text;
    if (place.isStart && this.rules.atStart === 'no-spaces' && !this.#realSpaces.has(id))
      return text.replace(/^ +/, '');
    return place.swallows ? text.slice(1) : text;
  }

  /** Bytes of the piece itself, with the spaces that the decoder drops within it. */
  rawLength(id: number): number {
    return this.#raw[id]?.length ?? 0;
  }

  /** The place after the token; control tokens leave it where it is. */
  after(place: TextPlace, id: number): TextPlace {
    const raw = this.#raw[id] ?? '';
    if (raw === '') return place;
    const seen = place.isStart ? this.at(place, id) : raw;
    const tail = `${place.tail}${seen}`.slice(-this.#tailLength);
    return { isStart: false, swallows: this.#swallowers.some((one) => tail.endsWith(one)), tail };
  }
}
