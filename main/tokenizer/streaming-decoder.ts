/**
 * The text of an answer while it is generated: what each token adds, so that all additions together are exactly what
 * decoding all ids at once gives.
 *
 * A token cannot be decoded alone. Lucie's decoder drops the spaces of the first token and the space after an apostrophe,
 * a bracket, a quote or a newline, so `'` then `▁été` must add `été`; a character outside the vocabulary comes as several
 * byte tokens. Decoding the whole answer for every token would be exact and quadratic: here a window of the last pieces is
 * decoded with the new one and without. That is exact because the decoder's replacements look back over a bounded number of
 * characters, which the window always holds.
 */
import { BytePieceReader } from './byte-pieces.ts';
import type { Tokenizer } from './tokenizer.ts';

/** The longest replacement of Lucie's decoder, `<|start_header_id|> `, looks back over 20 characters. */
const lookBack = 64;
const maximumWindow = 96;

export class StreamingDecoder {
  readonly #tokenizer: Pick<Tokenizer, 'pieceOf' | 'isSpecial' | 'decodePieces' | 'hasByteFallback'>;
  #bytes = new BytePieceReader();
  /** The last pieces; the first of them is only there for what follows it. */
  #window: string[] = [];
  /** Characters of the decoded window that have been given out. */
  #given = 0;

  /** With `contextIds`, the additions continue the text of these ids; without, they are a text of their own. */
  constructor(
    tokenizer: Pick<Tokenizer, 'pieceOf' | 'isSpecial' | 'decodePieces' | 'hasByteFallback'>,
    contextIds: readonly number[] = [],
  ) {
    this.#tokenizer = tokenizer;
    for (const id of contextIds) this.push(id);
  }

  /** What this token adds; empty for a control token and while the bytes of a character are incomplete. */
  push(id: number): string {
    if (this.#tokenizer.isSpecial(id)) return '';
    const piece = this.#tokenizer.pieceOf(id);
    return this.#append(this.#tokenizer.hasByteFallback ? this.#bytes.push(piece) : [piece], false);
  }

  /** Ends the text: gives what was held back, with U+FFFD for an incomplete character. */
  flush(): string {
    return this.#append(this.#bytes.flush(), true);
  }

  /** Another one that goes on from here by itself. */
  fork(): StreamingDecoder {
    const other = new StreamingDecoder(this.#tokenizer);
    other.#bytes = this.#bytes.fork();
    other.#window = [...this.#window];
    other.#given = this.#given;
    return other;
  }

  #append(pieces: string[], isLast: boolean): string {
    if (pieces.length === 0 && !isLast) return '';
    this.#window.push(...pieces);
    const text = this.#tokenizer.decodePieces(this.#window);
    // Byte-level tokenizers have no byte pieces: there an incomplete character shows as U+FFFD at the end.
    const isIncomplete = !this.#tokenizer.hasByteFallback && text.endsWith('\uFFFD');
    if (isIncomplete && !isLast) return '';
    const added = text.slice(this.#given);
    this.#given = Math.max(this.#given, text.length);
    if (this.#window.length > maximumWindow) this.#slide();
    return added;
  }

  #slide(): void {
    let first = this.#window.length - 1;
    for (let held = 0; first > 0 && held < lookBack; first--) held += this.#window[first]?.length ?? 0;
    this.#window = this.#window.slice(first);
    this.#given = this.#tokenizer.decodePieces(this.#window).length;
  }
}
