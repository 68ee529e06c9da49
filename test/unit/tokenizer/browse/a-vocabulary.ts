/** A vocabulary of a few tokens, in the order in which they are numbered. */
import { kindOfPiece } from '../../../../main/tokenizer/vocabulary.ts';
import { VocabularyTable } from '../../../../main/tokenizer/browse/index.ts';
import type { TokenReachability } from '../../../../main/contract/vocabulary.ts';

export const pieces = [
  '<s>', // 0
  '<0x41>',
  '<0xC3>',
  '<unused5>',
  '▁', // 4
  'é',
  't',
  'E', // 7
  'α',
  '1',
  ',',
  '\u{1F600}', // 11
  '\uFB01',
  '▁é', // 13, merge 0
  'té', // 14, merge 1
  '▁été', // 15, merge 2
  'Et', // 16, merge 3
  'tα', // 17, merge 4
  '▁étét', // 18, merge 5
  'a\u00A0', // 19, no merge
];
export const merges = ['▁ é', 't é', '▁é té', 'E t', 't α', '▁été t'];

/** `farId`: that of a token `<far>` beyond the others. */
export function aVocabulary(
  reachabilityOf: (id: number) => TokenReachability = (id) => (id === 19 ? 'never-normalised' : 'reachable'),
  farId: number | null = null,
): Promise<VocabularyTable> {
  const tokenizer = {
    hash: 'a hash',
    addedTokens: [
      { id: 0, content: '<s>', special: true },
      ...(farId === null ? [] : [{ id: farId, content: '<far>', special: false }]),
    ],
    vocabularySize: pieces.length,
    hasByteFallback: true,
    textRules: { isByteLevel: false, swallowers: [], atStart: 'no-spaces' as const },
    pieceOf: (id: number) => (id === farId ? '<far>' : (pieces[id] ?? '')),
    idOf: (piece: string) => (pieces.includes(piece) ? pieces.indexOf(piece) : null),
    isSpecial: (id: number) => id === 0,
    kindOf: (id: number) => kindOfPiece(pieces[id] ?? '', id === 0, true),
  };
  return VocabularyTable.of(tokenizer, { model: { merges } }, reachabilityOf);
}
