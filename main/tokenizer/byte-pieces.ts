/**
 * Byte tokens (`<0xC3>`) as the characters that they spell.
 *
 * The library decodes a whole run of byte tokens at once and turns every byte of it into U+FFFD where one is wrong, so an
 * answer cut in the middle of a character would lose the characters before the cut, and nothing of a run could be shown
 * before its end. Here a run is decoded as the Encoding Standard decodes UTF-8 (https://encoding.spec.whatwg.org/#utf-8-decoder):
 * complete characters stay. On well-formed runs both give the same text.
 */
const bytePiece = /^<0x([0-9A-F]{2})>$/;

/** The byte that a piece stands for, or `null`. */
export function byteOfPiece(piece: string): number | null {
  const match = bytePiece.exec(piece);
  return match?.[1] === undefined ? null : parseInt(match[1], 16);
}

/** Feeds pieces through; byte pieces come out as characters once these are complete. */
export class BytePieceReader {
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #byte = new Uint8Array(1);
  #open = false;
  /** The last four pieces of the run: no character has more bytes. */
  #recent: string[] = [];

  push(piece: string): string[] {
    const byte = byteOfPiece(piece);
    if (byte === null) return [...this.flush(), piece];
    this.#byte[0] = byte;
    this.#open = true;
    this.#recent = [...this.#recent.slice(-3), piece];
    const characters = this.#decoder.decode(this.#byte, { stream: true });
    return characters === '' ? [] : [characters];
  }

  /** Ends the run: an incomplete character becomes U+FFFD. */
  flush(): string[] {
    if (!this.#open) return [];
    this.#open = false;
    this.#recent = [];
    const rest = this.#decoder.decode();
    return rest === '' ? [] : [rest];
  }

  /** Another one that is where this one is: within a character, only its own bytes matter. */
  fork(): BytePieceReader {
    const other = new BytePieceReader();
    for (const piece of this.#recent) other.push(piece);
    return other;
  }
}
