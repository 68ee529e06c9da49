/**
 * The merges of one chunk in the order in which they happen. The pieces of the chunk are taken apart into the characters and bytes
 * that they must have been made of, and merged again; only what leads to the same ids is told.
 */
import { WorkbenchError } from '../../contract/errors.ts';
import { longestExplainedText, type MergeReplay } from '../../contract/pipeline.ts';
import { byteOfPiece } from '../byte-pieces.ts';
import { Symbols } from '../fast/symbols.ts';
import type { Tokenizer } from '../tokenizer.ts';
import { mergeRulesOf } from './merge-rules.ts';

/** `ids` are those of one chunk. @throws WorkbenchError `INVALID_INPUT` where it is longer than any text that is explained. */
export function replayMerges(tokenizer: Tokenizer, ids: readonly number[]): MergeReplay {
  const rules = mergeRulesOf(tokenizer);
  if (typeof rules === 'string') return { kind: 'none', reason: rules };
  const start = ids.flatMap((id) => initialIds(tokenizer, id));
  if (start.includes(null)) return { kind: 'none', reason: 'not-reproduced' };
  if (start.length > longestExplainedText) throw tooLong(start.length);
  const symbols = new Symbols();
  for (const [place, id] of start.entries()) symbols.push(id ?? 0, place, place + 1);
  const pieceOf = (id: number) => ({ id, piece: tokenizer.pieceOf(id) });
  const initial = start.map((id) => pieceOf(id ?? 0));
  const merges: Extract<MergeReplay, { kind: 'merges' }>['merges'] = [];
  rules.merger.mergeShort(symbols, (rank, at) => merges.push({ rank, at, result: pieceOf(rules.resultOf(rank)) }));
  const isSame = symbols.length === ids.length && ids.every((id, place) => symbols.ids[place] === id);
  return isSame ? { kind: 'merges', initial, merges } : { kind: 'none', reason: 'not-reproduced' };
}

/** `null` in the place of a character that is not in the vocabulary. */
function initialIds(tokenizer: Tokenizer, id: number): (number | null)[] {
  const piece = tokenizer.pieceOf(id);
  if (tokenizer.isSpecial(id) || (tokenizer.hasByteFallback && byteOfPiece(piece) !== null)) return [id];
  return Array.from(piece, (character) => tokenizer.idOf(character));
}

/** Each merge is looked for among all symbols: ten times as many take a hundred times as long. */
function tooLong(symbols: number): WorkbenchError {
  return new WorkbenchError('INVALID_INPUT', `The chunk has ${symbols} characters; its merges are not replayed.`, {
    action: `Choose a chunk of at most ${longestExplainedText} characters.`,
    details: { characters: symbols, limit: longestExplainedText },
  });
}
