/**
 * A vocabulary as a grammar has to see it: by what is shown. A decoder drops spaces in front of tokens (token-bytes.ts), so a
 * token with a space in front is two entries, one with and one without; where a space is dropped, the second one decides. A token
 * of which nothing is left then may always come: it adds nothing, and the next one is not at such a place again.
 */
import { kindOfPiece, type TextPlace, type TokenBytes, type Tokenizer } from '../../tokenizer/index.ts';
import { forbid } from './token-constraint.ts';

export class GrammarVocabulary {
  readonly tokens: TokenBytes;
  /** As the library reads pieces: `▁` is a space and `<0xC3>` a byte; what is no text is empty and never allowed. */
  readonly entries: string[];
  readonly type: 'byte_level' | 'byte_fallback';
  /** Token ids with a space in front; `entries[vocabularySize + i]` is `#spaced[i]` without it. */
  readonly #spaced: Uint32Array;
  readonly #withoutSpace = new Map<number, number>();

  constructor(tokenizer: Tokenizer, tokens: TokenBytes) {
    this.tokens = tokens;
    this.type = tokens.rules.isByteLevel ? 'byte_level' : 'byte_fallback';
    const space = tokens.rules.isByteLevel ? 'Ġ' : '▁';
    const pieces = Array.from({ length: tokens.vocabularySize }, (_, id) => {
      const piece = tokenizer.pieceOf(id);
      const kind = kindOfPiece(piece, tokenizer.isSpecial(id), tokenizer.hasByteFallback);
      // A space after a character that swallows it, within one piece: the grammar would see another text than is shown.
      const isShownAsWritten = (tokens.plain[id] ?? '').length === tokens.rawLength(id);
      return (kind === 'normal' || kind === 'byte') && isShownAsWritten ? piece : '';
    });
    this.#spaced = Uint32Array.from(
      pieces.keys().filter((id) => pieces[id] !== '' && tokens.plain[id]?.startsWith(' ')),
    );
    for (const [i, id] of this.#spaced.entries()) this.#withoutSpace.set(id, tokens.vocabularySize + i);
    const without = [...this.#spaced].map((id) => {
      const piece = pieces[id] ?? '';
      return piece.startsWith(space) || piece.startsWith(' ') ? piece.slice(1) : '';
    });
    this.entries = [...pieces, ...without];
  }

  /** The entry that stands for a token at a place; `null` where the token adds nothing: its only space is dropped. */
  entryOf(place: TextPlace, id: number): number | null {
    const shown = this.tokens.at(place, id);
    if (shown === this.tokens.plain[id]) return id;
    return shown === '' ? null : (this.#withoutSpace.get(id) ?? id);
  }

  /** Copies what is allowed of the entries to the tokens, for a place. Both are bit masks. */
  copyMask(place: TextPlace, entries: Int32Array, allowed: Uint32Array): void {
    const { tokens } = this;
    allowed.fill(0);
    allowed.set(entries.subarray(0, Math.min(allowed.length, Math.ceil(tokens.vocabularySize / 32))));
    const last = tokens.vocabularySize >>> 5;
    // The bits after the last token are those of the first entries without their space.
    if (tokens.vocabularySize % 32 !== 0)
      allowed[last] = (allowed[last] ?? 0) & (2 ** (tokens.vocabularySize % 32) - 1);
    if (!place.isStart && !place.swallows) return;
    for (const [i, id] of this.#spaced.entries()) {
      if (this.#mayCome(place, id, tokens.vocabularySize + i, entries)) {
        allowed[id >>> 5] = (allowed[id >>> 5] as number) | (1 << (id & 31));
      } else forbid(allowed, id);
    }
  }

  /** Where spaces are dropped. More than one may be at the start: a token for which neither entry stands may not come. */
  #mayCome(place: TextPlace, id: number, entry: number, entries: Int32Array): boolean {
    const plain = this.tokens.plain[id] as string;
    const shown = this.tokens.at(place, id);
    if (shown === '') return true;
    if (shown.length === plain.length - 1) return hasBit(entries, entry);
    return shown === plain && hasBit(entries, id);
  }
}

function hasBit(mask: Int32Array, bit: number): boolean {
  return (((mask[bit >>> 5] as number) >>> (bit & 31)) & 1) === 1;
}
