/**
 * The stages of the fast path one by one, for people who want to see them: what normalisation made of a text, the chunks, and the
 * merges of one chunk in the order in which they happen. Pure functions over an encoder; encoding itself does not use them.
 */
import type { FastEncoder, FastEncodeOptions } from './fast-encoder.ts';
import { Symbols } from './symbols.ts';

/** A part that was normalised by itself, with the place of each of its units. Ranges in UTF-16 units of the text. */
export interface NormalisedPart {
  kind: 'text';
  start: number;
  end: number;
  /** Spaces are written `▁`. */
  normalised: string;
  /** `normalised[i]` stands for `text.slice(from[i], to[i])`; an inserted space has an empty range. */
  from: Int32Array;
  to: Int32Array;
}

/** A control token that was found in the text. */
export interface ControlPart {
  kind: 'control';
  start: number;
  end: number;
  id: number;
  content: string;
}

/** Longer chunks are not replayed merge by merge. UTF-16 units. */
export const longestReplayedChunk = 1_000;

export interface ChunkSymbol {
  id: number;
  piece: string;
  /** Range in the chunk, in UTF-16 units. The bytes of one character all have its range. */
  start: number;
  end: number;
}

export interface ChunkMerge {
  /** 0 is the first line of the merges. */
  rank: number;
  left: string;
  right: string;
  /** Index of the merged symbol in `symbols`. */
  at: number;
  /** All symbols after the merge. */
  symbols: ChunkSymbol[];
}

export interface ChunkReplay {
  /** Characters and bytes, before any merge. */
  initial: ChunkSymbol[];
  merges: ChunkMerge[];
}

/** The text as the normaliser leaves it, in the parts between control tokens. */
export function explainNormalisation(
  encoder: FastEncoder,
  text: string,
  options: FastEncodeOptions = {},
): (NormalisedPart | ControlPart)[] {
  return [...encoder.sections(text, options)].map((part) => {
    const { begin: start, end } = part;
    if (part.control !== null) {
      return { kind: 'control', start, end, id: part.control.id, content: part.control.content };
    }
    const result = encoder.normaliser.run(text, start, end, true);
    const { length } = result;
    return {
      kind: 'text',
      start,
      end,
      normalised: result.toString(),
      from: result.from.slice(0, length),
      to: result.to.slice(0, length),
    };
  });
}

/** The chunks of a normalised text, in order; nothing is ever merged across their borders. */
export function explainChunks(encoder: FastEncoder, normalised: string): string[] {
  const chunks: string[] = [];
  let begin = 0;
  for (let i = 1; i <= normalised.length; i++) {
    const isEnd = i === normalised.length;
    if (!isEnd && !encoder.chunks.borders.isBorder(normalised.charCodeAt(i - 1), normalised.charCodeAt(i))) continue;
    chunks.push(normalised.slice(begin, i));
    begin = i;
  }
  return chunks;
}

/** Every merge of a chunk. `null` where the chunk is longer than `longestReplayedChunk`. */
export function explainMerges(encoder: FastEncoder, chunk: string): ChunkReplay | null {
  if (chunk.length > longestReplayedChunk) return null;
  const { pieces, merges: columns } = encoder.family;
  const symbols = new Symbols();
  const units = Uint16Array.from({ length: chunk.length }, (_, i) => chunk.charCodeAt(i));
  encoder.chunks.initial.append(units, 0, units.length, symbols);
  const snapshot = () =>
    Array.from({ length: symbols.length }, (_, i) => ({
      id: symbols.ids[i] ?? 0,
      piece: pieces[symbols.ids[i] ?? 0] ?? '',
      start: symbols.start[i] ?? 0,
      end: symbols.end[i] ?? 0,
    }));
  const replay: ChunkReplay = { initial: snapshot(), merges: [] };
  encoder.chunks.merger.mergeShort(symbols, (rank, at) => {
    const left = pieces[columns.left[rank] ?? 0] ?? '';
    const right = pieces[columns.right[rank] ?? 0] ?? '';
    replay.merges.push({ rank, left, right, at, symbols: snapshot() });
  });
  return replay;
}
