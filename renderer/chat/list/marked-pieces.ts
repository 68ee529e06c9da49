/** A marked text cut at its marks, to be drawn piece by piece. */
import type { MarkedText } from '../../../main/contract/chat-history.ts';

export interface MarkedPiece {
  text: string;
  isMarked: boolean;
}

export function markedPieces({ text, marks }: MarkedText): MarkedPiece[] {
  const pieces: MarkedPiece[] = [];
  let end = 0;
  for (const [from, to] of marks) {
    if (from > end) pieces.push({ text: text.slice(end, from), isMarked: false });
    pieces.push({ text: text.slice(from, to), isMarked: true });
    end = to;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), isMarked: false });
  return pieces;
}
