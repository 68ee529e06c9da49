/**
 * What every encoding of a text must satisfy, whatever the text.
 *
 * Order: a token begins where the one before it ended, or, where the normaliser deleted something between them (CR, NUL), after
 * that; the byte tokens of one character all have its span; nothing of the text is left over but what was deleted.
 *
 * Round trip: a token stands for its part of the text. Its piece, with `▁` as a space and without the space that was inserted, is
 * that part after NFC, deletions, and blanks as spaces; a control token is its part; the bytes of a character are its UTF-8.
 *
 * Return: the text with its alterations is what the ids decode to.
 */
import { applyAlterations, tokenFlag, type EncodedText, type Tokenizer } from '../../../main/tokenizer/index.ts';

/** What is wrong, or `null`. */
export function orderFault(text: string, { ids, starts, ends }: EncodedText): string | null {
  let covered = 0;
  for (let i = 0; i < ids.length; i++) {
    const [start = -1, end = -1] = [starts[i], ends[i]];
    if (i > 0 && start === starts[i - 1] && end === ends[i - 1]) continue;
    if (start < covered || end < start || !isDeleted(text.slice(covered, start))) return `token ${i}: ${start}-${end}`;
    covered = end;
  }
  return ids.length === 0 || isDeleted(text.slice(covered)) ? null : `nothing stands for the text after ${covered}`;
}

/** What is wrong, or `null`. */
export function roundTripFault(text: string, encoded: EncodedText, tokenizer: Tokenizer): string | null {
  const { ids, starts, ends, flags } = encoded;
  for (let i = 0; i < ids.length; i++) {
    const [id = -1, flag = 0] = [ids[i], flags[i]];
    const slice = text.slice(starts[i], ends[i]);
    const seen = (flag & tokenFlag.insertedSpace ? ' ' : '') + meaningOf(slice);
    if (flag & tokenFlag.control) {
      if (slice !== tokenizer.pieceOf(id)) return `control token ${i}: ${slice}`;
    } else if (tokenizer.kindOf(id) === 'byte') {
      const { length } = Buffer.from(seen);
      const run = Array.from(ids.subarray(i, i + length), (byte) => tokenizer.vocabularyEntry(byte).bytes).join('');
      if (run !== Buffer.from(seen).toString('hex')) return `bytes from ${i}: ${run} for ${JSON.stringify(slice)}`;
      i += length - 1;
    } else if (tokenizer.pieceOf(id).replaceAll('▁', ' ') !== seen) {
      return `token ${i}: ${tokenizer.pieceOf(id)} for ${JSON.stringify(slice)}`;
    }
  }
  return null;
}

/** What is wrong, or `null`. */
export function returnFault(text: string, encoded: EncodedText, tokenizer: Tokenizer): string | null {
  const decoded = tokenizer.decode(Array.from(encoded.ids), { keepControlTokens: true });
  const applied = applyAlterations(text, encoded.alterations);
  return applied === decoded ? null : `${JSON.stringify(decoded)} but ${JSON.stringify(encoded.alterations)}`;
}

function isDeleted(text: string): boolean {
  return /^[\r\0]*$/.test(text);
}

function meaningOf(slice: string): string {
  return slice
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\r\0]/g, '')
    .replace(/[\u00a0▁]/g, ' ');
}
