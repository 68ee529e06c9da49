/**
 * A plain text of several pieces as ids, for a model to go on with; of some pieces the ids are known and stay as they are.
 *
 * Lucie's normaliser puts a space in front of whatever it encodes. At the start of a text the decoder drops it again; after a known
 * piece it would be one space too many. So a piece after known ids is encoded in a way that decodes to exactly its text there, where
 * the vocabulary has one; where it has none, the space stays, and the ids say so.
 */
import { StreamingDecoder } from './streaming-decoder.ts';
import type { Tokenizer } from './tokenizer.ts';

/** A piece of a text; `ids`, where present, are its exact ids and win over `text`. */
export interface TextPiece {
  text: string;
  ids?: number[] | undefined;
}

export interface EncodedPieces {
  ids: number[];
  /** `boundaries[i]` is the number of ids up to and including piece i. */
  boundaries: number[];
}

/** Enough for everything that a decoder looks back over. */
const lookBackIds = 64;

/**
 * With `addBos` it begins with what the model expects in front of a text (Lucie: `<s>`).
 *
 * A space that ends the last text, or a text before known ids, is left out: a token brings the space in front of it, and a space that is
 * a token by itself is what a model has hardly read there. Between two texts it goes to the second one, for the same reason.
 */
export async function encodeText(
  tokenizer: Tokenizer,
  pieces: readonly TextPiece[],
  addBos = true,
): Promise<EncodedPieces> {
  const ids = await tokenizer.encode('', { addBos });
  const start = ids.length;
  const boundaries: number[] = [];
  let moved = '';
  for (const [i, piece] of pieces.entries()) {
    const text = piece.ids === undefined ? moved + piece.text : '';
    moved = text.endsWith(' ') && pieces[i + 1]?.ids === undefined ? ' ' : '';
    const own = piece.ids ?? (await encodePiece(tokenizer, withoutLastSpace(text), ids.slice(start)));
    for (const id of own) ids.push(id);
    boundaries.push(ids.length);
  }
  return { ids, boundaries };
}

function withoutLastSpace(text: string): string {
  return text.endsWith(' ') ? text.slice(0, -1) : text;
}

/** `before` are the ids that it goes on with. */
async function encodePiece(tokenizer: Tokenizer, text: string, before: readonly number[]): Promise<number[]> {
  const plain = await tokenizer.encode(text);
  if (before.length === 0 || text === '' || beginsAs(tokenizer, before, plain, text)) return plain;
  // The space that was put in front can stand for the text's own.
  const spaced = text.startsWith(' ') ? await tokenizer.encode(text.slice(1)) : [];
  if (spaced.length > 0 && beginsAs(tokenizer, before, spaced, text)) return spaced;
  const bare = withoutSpace(tokenizer, plain);
  return beginsAs(tokenizer, before, bare, text) ? bare : plain;
}

/** The same with the first piece without the space in front of it, if there is such a piece. */
function withoutSpace(tokenizer: Tokenizer, ids: readonly number[]): number[] {
  const [first, ...rest] = ids;
  const piece = first === undefined ? '' : tokenizer.pieceOf(first);
  if (piece === '▁') return rest;
  const id = piece.startsWith('▁') ? tokenizer.idOf(piece.slice(1)) : null;
  return id === null ? [...ids] : [id, ...rest];
}

/** Whether the ids decode to what the text begins with, after these others: up to the first character that is no space. */
function beginsAs(tokenizer: Tokenizer, before: readonly number[], ids: readonly number[], text: string): boolean {
  const decoder = new StreamingDecoder(tokenizer, before.slice(-lookBackIds));
  let shown = '';
  for (const id of ids) {
    shown += decoder.push(id);
    if (/[^ ]/.test(shown)) return text.normalize('NFC').startsWith(shown);
  }
  return shown + decoder.flush() === text;
}
