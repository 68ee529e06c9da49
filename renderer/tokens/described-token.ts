/** One token of a text with everything that the card shows; made on demand, because a text may have 300,000. */
import type { TokenizedText, TokenKind, VocabularyEntry } from '../../main/contract/tokens.ts';
import { visibleText } from '../token-view/visible-text.ts';

export interface DescribedToken {
  readonly index: number;
  readonly id: number;
  readonly piece: string;
  readonly kind: TokenKind;
  /** Hexadecimal digits. */
  readonly bytes: string;
  /** UTF-16 units of the text. */
  readonly start: number;
  readonly end: number;
  readonly insertedSpace: boolean;
  /** What the strip shows of it. */
  readonly label: string;
  readonly endsLine: boolean;
}

export type Vocabulary = ReadonlyMap<number, VocabularyEntry>;

export function vocabularyOf({ vocabulary }: TokenizedText): Vocabulary {
  return new Map(vocabulary.map((entry) => [entry.id, entry]));
}

/** `null` beyond the last token. */
export function describeToken(
  text: string,
  result: TokenizedText,
  vocabulary: Vocabulary,
  index: number,
): DescribedToken | null {
  const id = result.ids[index];
  const start = result.starts[index];
  const end = result.ends[index];
  if (id === undefined || start === undefined || end === undefined) return null;
  const { piece, kind, bytes } = vocabulary.get(id) ?? { piece: `#${id}`, kind: 'unused', bytes: '' };
  const covered = text.slice(start, end);
  const readsAsText = kind === 'normal' && covered !== '';
  return {
    index,
    id,
    piece,
    kind,
    bytes,
    start,
    end,
    insertedSpace: result.insertedSpace[index] ?? false,
    label: readsAsText ? visibleText(covered) : visibleText(piece),
    endsLine: covered.endsWith('\n'),
  };
}
