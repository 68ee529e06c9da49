/** One token of a text with everything that is shown of it; made on demand, because a text may have 300,000. */
import { tokenFlags } from '../../main/contract/tokenisation.ts';
import { frequencyClassOf, type TokenKind } from '../../main/contract/tokens.ts';
import { visibleText } from '../token-view/visible-text.ts';
import type { TokenColumns } from './token-columns.ts';

export interface DescribedToken {
  readonly index: number;
  readonly id: number;
  readonly piece: string;
  readonly kind: TokenKind;
  /** Hexadecimal digits. */
  readonly bytes: string;
  /** Place of the merge that makes it, from 0. */
  readonly mergeRank: number | null;
  /** 0 for the most frequent; `null` where no merge made it. */
  readonly frequencyClass: number | null;
  /** UTF-16 units of the text. */
  readonly start: number;
  readonly end: number;
  readonly insertedSpace: boolean;
  /** What the strip shows of it. */
  readonly label: string;
  readonly endsLine: boolean;
}

/** `null` beyond the last token. */
export function describeToken(text: string, tokens: TokenColumns, index: number): DescribedToken | null {
  const id = tokens.ids[index];
  const start = tokens.starts[index];
  const end = tokens.ends[index];
  if (id === undefined || start === undefined || end === undefined) return null;
  const entry = tokens.vocabulary.get(id);
  const { piece, kind, bytes, mergeRank } = entry ?? { piece: `#${id}`, kind: 'unused', bytes: '', mergeRank: null };
  const covered = text.slice(start, end);
  const readsAsText = kind === 'normal' && covered !== '';
  return {
    index,
    id,
    piece,
    kind,
    bytes,
    mergeRank,
    frequencyClass: mergeRank === null ? null : frequencyClassOf(mergeRank),
    start,
    end,
    insertedSpace: ((tokens.flags[index] ?? 0) & tokenFlags.insertedSpace) !== 0,
    label: readsAsText ? visibleText(covered) : visibleText(piece),
    endsLine: covered.endsWith('\n'),
  };
}
