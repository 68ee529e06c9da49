/** What one vocabulary entry is: a word piece, a byte, a control token, or a place kept free for one. */
import type { TokenKind } from '../contract/tokens.ts';
import { fromByteLevel } from './byte-level.ts';
import { byteOfPiece } from './byte-pieces.ts';

const unusedPiece = /^<unused\d+>$/;

export function kindOfPiece(piece: string, isSpecial: boolean, hasByteFallback: boolean): TokenKind {
  if (isSpecial) return 'special';
  if (hasByteFallback && byteOfPiece(piece) !== null) return 'byte';
  return unusedPiece.test(piece) ? 'unused' : 'normal';
}

/** The bytes that a piece stands for in the middle of a text, in hexadecimal; empty for a control token. */
export function hexBytes(piece: string, kind: TokenKind, isByteLevel: boolean): string {
  if (kind === 'special') return '';
  if (kind === 'byte') return piece.slice(3, 5).toLowerCase();
  if (isByteLevel) return Buffer.from(fromByteLevel(piece), 'latin1').toString('hex');
  return Buffer.from(piece.replaceAll('▁', ' '), 'utf8').toString('hex');
}
