/** What one vocabulary entry is: a word piece, a byte, a control token, or a place kept free for one. */
import type { TokenKind, VocabularyEntry } from '../contract/tokens.ts';
import { byteOfPiece } from './byte-pieces.ts';

const unusedPiece = /^<unused\d+>$/;

export function kindOfPiece(piece: string, isSpecial: boolean, hasByteFallback: boolean): TokenKind {
  if (isSpecial) return 'special';
  if (hasByteFallback && byteOfPiece(piece) !== null) return 'byte';
  return unusedPiece.test(piece) ? 'unused' : 'normal';
}

export function vocabularyEntry(id: number, piece: string, kind: TokenKind): VocabularyEntry {
  return { id, piece, kind, bytes: hexBytes(piece, kind), mergeRank: null };
}

function hexBytes(piece: string, kind: TokenKind): string {
  if (kind === 'special') return '';
  if (kind === 'byte') return piece.slice(3, 5).toLowerCase();
  return Buffer.from(piece.replaceAll('▁', ' '), 'utf8').toString('hex');
}
