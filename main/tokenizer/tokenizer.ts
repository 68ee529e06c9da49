/**
 * A model's tokenizer: the ids are those of the native `tokenizers` library, which are Python's. Tokenizers of Lucie's family are
 * encoded without it, many times faster (see fast/); all others by it, and all are decoded by it.
 *
 * The native binding cannot be told to read control tokens as plain text, so a second tokenizer, made of the same file
 * without its added tokens, encodes what people typed.
 */
import { join } from 'node:path';
import { Tokenizer as NativeTokenizer, type Encoding } from 'tokenizers';
import type { TokenKind, VocabularyEntry } from '../contract/tokens.ts';
import { BytePieceReader } from './byte-pieces.ts';
import { FastEncoder } from './fast/index.ts';
import { mergeRanks } from './merge-ranks.ts';
import type { TextRules } from './text-rules.ts';
import { invalidTokenizer, readTokenizerFile, type AddedToken, type TokenizerFile } from './tokenizer-file.ts';
import { hexBytes, kindOfPiece } from './vocabulary.ts';

export interface EncodeOptions {
  /** Adds what the model expects around a text (Lucie: `<s>` in front). Default false. */
  addBos?: boolean;
  /** Whether `<s>` in the text is the control token (the library's way) or three typed characters. Default `as-text`. */
  controlTokens?: 'parse' | 'as-text';
}

export class Tokenizer {
  /** SHA-256 of tokenizer.json. */
  readonly hash: string;
  readonly addedTokens: readonly AddedToken[];
  readonly vocabularySize: number;
  readonly hasByteFallback: boolean;
  readonly textRules: TextRules;
  readonly #file: TokenizerFile;
  readonly #native: NativeTokenizer;
  readonly #decode: (pieces: string[]) => string;
  readonly #specialIds: ReadonlySet<number>;
  #plain: NativeTokenizer | null = null;
  #fast: FastEncoder | null | undefined;
  #mergeRanks: Map<string, number> | null = null;

  /** That of a model folder. @throws WorkbenchError `TOKENIZER_INVALID` */
  static load(folder: string): Promise<Tokenizer> {
    return Tokenizer.open(join(folder, 'tokenizer.json'));
  }

  /** @throws WorkbenchError `TOKENIZER_INVALID` */
  static async open(path: string): Promise<Tokenizer> {
    return new Tokenizer(await readTokenizerFile(path));
  }

  private constructor(file: TokenizerFile) {
    this.#file = file;
    this.#native = build(file.path, file.text);
    this.hash = file.hash;
    // The library numbers added tokens itself; a file that says otherwise would name tokens that never come.
    this.addedTokens = file.addedTokens.map((token) => ({ ...token, id: this.idOf(token.content) ?? token.id }));
    this.hasByteFallback = file.hasByteFallback;
    this.textRules = file.textRules;
    this.vocabularySize = this.#native.getVocabSize(true);
    this.#specialIds = new Set(this.addedTokens.filter(({ special }) => special).map(({ id }) => id));
    const decoder = this.#native.getDecoder();
    this.#decode = decoder === null ? (pieces) => pieces.join(' ') : (pieces) => decoder.decode(pieces);
  }

  /** The fast encoder of Lucie's family; `null` where the tokenizer is another, which the native library encodes. */
  get fast(): FastEncoder | null {
    if (this.#fast === undefined) this.#fast = FastEncoder.from(this.definition());
    return this.#fast;
  }

  /** What tokenizer.json says, as it was parsed from JSON. */
  definition(): unknown {
    return JSON.parse(this.#file.text);
  }

  /** The text as the native library normalises it; the text itself where there is no normaliser. */
  normalise(text: string): string {
    return this.#native.getNormalizer()?.normalizeString(text) ?? text;
  }

  async encode(text: string, options: EncodeOptions = {}): Promise<number[]> {
    const fast = this.fast;
    if (fast !== null) {
      const ids = Array.from(fast.encodeIds(text, options));
      return options.addBos === true ? [...fast.family.before, ...ids, ...fast.family.after] : ids;
    }
    return (await this.encoding(text, options)).getIds();
  }

  /** The native library's own encoding: ids with pieces and offsets; offsets count Unicode code points of `text`. */
  encoding(text: string, { addBos = false, controlTokens = 'as-text' }: EncodeOptions = {}): Promise<Encoding> {
    const tokenizer = controlTokens === 'parse' ? this.#native : this.#withoutAddedTokens();
    return tokenizer.encode(text, null, { addSpecialTokens: addBos });
  }

  /** The text of the ids, control tokens left out unless asked for. Ids outside the vocabulary add nothing. */
  decode(ids: readonly number[], { keepControlTokens = false } = {}): string {
    const shown = keepControlTokens ? ids : ids.filter((id) => !this.isSpecial(id));
    const pieces = shown.map((id) => this.pieceOf(id));
    if (!this.hasByteFallback) return this.decodePieces(pieces);
    const reader = new BytePieceReader();
    return this.decodePieces([...pieces.flatMap((piece) => reader.push(piece)), ...reader.flush()]);
  }

  /** The library's decoder chain over pieces (the first one loses its leading spaces). */
  decodePieces(pieces: string[]): string {
    return this.#decode(pieces);
  }

  /** The piece as written in the vocabulary; empty for an id outside it. */
  pieceOf(id: number): string {
    return this.#native.idToToken(id) ?? '';
  }

  idOf(piece: string): number | null {
    return this.#native.tokenToId(piece);
  }

  isSpecial(id: number): boolean {
    return this.#specialIds.has(id);
  }

  kindOf(id: number): TokenKind {
    return kindOfPiece(this.pieceOf(id), this.isSpecial(id), this.hasByteFallback);
  }

  vocabularyEntry(id: number): VocabularyEntry {
    const piece = this.pieceOf(id);
    const kind = this.kindOf(id);
    const bytes = hexBytes(piece, kind, this.textRules.isByteLevel);
    return { id, piece, kind, bytes, mergeRank: this.mergeRankOf(piece) };
  }

  /** Rank of the first merge that makes the piece, 0 being the first; `null` for characters, bytes, control tokens, and without merges. */
  mergeRankOf(piece: string): number | null {
    this.#mergeRanks ??= mergeRanks(this.definition());
    return this.#mergeRanks.get(piece) ?? null;
  }

  #withoutAddedTokens(): NativeTokenizer {
    this.#plain ??= build(this.#file.path, this.#file.withoutAddedTokens());
    return this.#plain;
  }
}

function build(path: string, json: string): NativeTokenizer {
  try {
    return NativeTokenizer.fromString(json);
  } catch (cause) {
    throw invalidTokenizer(path, cause instanceof Error ? cause.message : String(cause), cause);
  }
}
