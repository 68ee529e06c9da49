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

/** Begins with what the model expects in front of a text (Lucie: `<s>`). */
export async function encodeText(tokenizer: Tokenizer, pieces: readonly TextPiece[]): Promise<EncodedPieces> {
  const ids = await tokenizer.encode('', { addBos: true });
  const start = ids.length;
  const boundaries: number[] = [];
  for (let i = 0; i < pieces.length;) {
    const known = pieces[i]?.ids;
    // Texts side by side are one text: nothing says where a token between them would have to end.
    let end = i + 1;
    if (known === undefined) while (end < pieces.length && pieces[end]?.ids === undefined) end++;
    const run = pieces.slice(i, end).map(({ text }) => text);
    const before = ids.length;
    for (const id of known ?? (await encodeRun(tokenizer, run.join(''), ids.slice(start)))) ids.push(id);
    for (let shown = 1; shown < run.length; shown++) {
      // Where two texts meet within a token, it is counted to the second one.
      const { length } = await tokenizer.encode(run.slice(0, shown).join(''));
      boundaries.push(Math.min(ids.length, Math.max(boundaries.at(-1) ?? 0, before + length)));
    }
    boundaries.push(ids.length);
    i = end;
  }
  return { ids, boundaries };
}

/** `before` are the ids that it goes on with. */
async function encodeRun(tokenizer: Tokenizer, text: string, before: readonly number[]): Promise<number[]> {
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
