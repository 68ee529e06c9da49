/**
 * The tokenizer of Lucie's family without the native library: the same ids, with exact spans in the text, at many times the speed,
 * and in slices, so that a long text can be shown from its beginning, with progress, and stopped.
 */
import type { Alteration } from '../../contract/tokenisation.ts';
import { AlterationFinder } from './alterations.ts';
import { CharacterTraits } from './character-traits.ts';
import { ChunkEncoder } from './chunk-encoder.ts';
import { ControlTokenFinder } from './control-token-finder.ts';
import { recogniseFamily, type TokenizerFamily } from './family.ts';
import { Normaliser } from './normaliser.ts';
import { metaspace } from './normaliser-rules.ts';
import { SliceBorders } from './slice-borders.ts';
import { Swallowers } from './swallowers.ts';
import { textParts, type TextPart } from './text-parts.ts';
import { tokenFlag, TokenSink, type TokenColumns } from './token-columns.ts';

export interface FastEncodeOptions {
  /** Whether `<s>` in the text is the control token (the library's way) or three typed characters. Default `as-text`. */
  controlTokens?: 'parse' | 'as-text';
}

export interface SliceOptions extends FastEncodeOptions {
  /** UTF-16 units of a slice, about; a text without a border in it gives longer ones. */
  sliceUnits?: number;
}

export interface TokenSlice extends TokenColumns {
  /** Range of the text that the slice covers; slices follow each other without gaps. */
  start: number;
  end: number;
  alterations: Alteration[];
}

export interface EncodedText extends TokenColumns {
  alterations: Alteration[];
}

const partUnits = 1 << 15;

export class FastEncoder {
  readonly family: TokenizerFamily;
  readonly chunks: ChunkEncoder;
  readonly normaliser: Normaliser;
  readonly #borders: SliceBorders;
  readonly #finder: ControlTokenFinder;
  readonly #swallowers: Swallowers;

  /** `json` is a parsed tokenizer.json. `null` where it is not of the family. */
  static from(json: unknown): FastEncoder | null {
    const family = recogniseFamily(json);
    return family === null ? null : new FastEncoder(family);
  }

  constructor(family: TokenizerFamily) {
    this.family = family;
    const traits = new CharacterTraits(family.normaliser);
    this.chunks = new ChunkEncoder(family);
    this.normaliser = new Normaliser(traits);
    this.#swallowers = new Swallowers(family.decoder);
    this.#borders = new SliceBorders(traits, this.chunks.borders, this.#swallowers);
    this.#finder = new ControlTokenFinder(family.controlTokens);
  }

  /** The ids alone; nothing is put around the text. */
  encodeIds(text: string, options: FastEncodeOptions = {}): Int32Array {
    const sink = new TokenSink();
    for (const part of this.#partsOf(text, options, partUnits)) this.#encodePart(text, part, sink, null);
    return sink.ids.subarray(0, sink.length);
  }

  /** Ids, spans and alterations of a whole text. */
  encode(text: string, options: FastEncodeOptions = {}): EncodedText {
    const sink = new TokenSink();
    const finder = new AlterationFinder(text, this.#swallowers);
    for (const part of this.#partsOf(text, options, partUnits)) this.#encodePart(text, part, sink, finder);
    return { ...sink.take(), alterations: finder.take(text.length) };
  }

  /** The same as `encode`, slice by slice. Nothing is computed ahead of what is asked for. */
  *encodeInSlices(text: string, { sliceUnits = partUnits, ...options }: SliceOptions = {}): Generator<TokenSlice> {
    const sink = new TokenSink();
    const finder = new AlterationFinder(text, this.#swallowers);
    let start = 0;
    let isFirst = true;
    for (const part of this.#partsOf(text, options, Math.min(sliceUnits, partUnits))) {
      this.#encodePart(text, part, sink, finder, isFirst);
      isFirst &&= sink.length === 0;
      if (part.end - start < sliceUnits && part.end < text.length) continue;
      yield { start, end: part.end, alterations: finder.take(part.end), ...sink.take() };
      start = part.end;
    }
  }

  /** The parts that are normalised by themselves, whole, and the control tokens between them. */
  sections(text: string, options: FastEncodeOptions = {}): Generator<TextPart> {
    return this.#partsOf(text, options, Math.max(1, text.length));
  }

  #partsOf(text: string, { controlTokens = 'as-text' }: FastEncodeOptions, units: number): Generator<TextPart> {
    return textParts(text, this.#borders, controlTokens === 'parse' ? this.#finder : null, units);
  }

  #encodePart(
    text: string,
    part: TextPart,
    sink: TokenSink,
    alterations: AlterationFinder | null,
    isFirst = sink.length === 0,
  ): void {
    if (part.control !== null) {
      const { id, content, start, end } = part.control;
      sink.push(id, start, end, tokenFlag.control);
      alterations?.pushControl(content, start, end);
      return;
    }
    const normalised = this.normaliser.run(text, part.begin, part.end, part.isStart);
    const first = sink.length;
    this.chunks.encode(normalised, sink);
    if (alterations === null) return;
    const piece = isFirst ? (this.family.pieces[sink.ids[first] ?? -1] ?? '') : '';
    let blanks = 0;
    if (sink.length > first) while (piece.charCodeAt(blanks) === metaspace) blanks++;
    alterations.push(normalised, blanks);
  }
}
