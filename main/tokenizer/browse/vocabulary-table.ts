/** Everything that is known of every token of a tokenizer, computed once: a search reads columns and asks no tokenizer. */
import type { TokenReachability, VocabularyRow } from '../../contract/vocabulary.ts';
import { bytesOf, TokenBytes } from '../token-bytes.ts';
import type { Tokenizer } from '../tokenizer.ts';
import { frequencyClasses } from './frequency-classes.ts';
import { scriptOf } from './script-of.ts';
import { TokenMerges } from './token-merges.ts';

export type ReachabilityOf = (id: number) => TokenReachability;

export type BrowsedTokenizer = Pick<
  Tokenizer,
  | 'hash'
  | 'addedTokens'
  | 'vocabularySize'
  | 'hasByteFallback'
  | 'textRules'
  | 'pieceOf'
  | 'idOf'
  | 'isSpecial'
  | 'kindOf'
>;

export class VocabularyTable {
  readonly hash: string;
  /** In order of id. */
  readonly rows: readonly VocabularyRow[];
  readonly merges: TokenMerges;
  readonly #placeOf: ReadonlyMap<number, number>;

  /** `json` is the tokenizer.json, parsed. */
  constructor(tokenizer: BrowsedTokenizer, json: unknown, reachabilityOf: ReachabilityOf) {
    this.hash = tokenizer.hash;
    this.merges = new TokenMerges(json, (piece) => tokenizer.idOf(piece));
    const end = Math.max(tokenizer.vocabularySize, ...tokenizer.addedTokens.map(({ id }) => id + 1));
    const ids = Array.from({ length: end }, (_, id) => id).filter((id) => tokenizer.pieceOf(id) !== '');
    const classes = frequencyClasses(Array.from({ length: end }, (_, id) => this.merges.rankOf(id)));
    const bytes = tokenizer.textRules.isByteLevel ? new TokenBytes(tokenizer).plain : null;
    this.rows = ids.map((id) => {
      const piece = tokenizer.pieceOf(id);
      const kind = tokenizer.kindOf(id);
      const stands = standsFor(piece, kind, bytes?.[id] ?? null);
      return {
        id,
        piece,
        kind,
        bytes: Buffer.from(stands, 'latin1').toString('hex'),
        mergeRank: this.merges.rankOf(id),
        ...describeText(kind === 'unused' ? '' : textOf(stands)),
        ...(kind === 'byte' && { script: 'none' as const }),
        frequencyClass: classes[id] ?? null,
        reachability: reachabilityOf(id),
      };
    });
    this.#placeOf = new Map(this.rows.map(({ id }, place) => [id, place]));
  }

  /** `undefined` for an id that is not in the vocabulary. */
  rowOf(id: number): VocabularyRow | undefined {
    const place = this.#placeOf.get(id);
    return place === undefined ? undefined : this.rows[place];
  }
}

function describeText(text: string): Pick<VocabularyRow, 'text' | 'characterCount' | 'script'> {
  let characterCount = 0;
  for (const _ of text) characterCount++;
  return { text, characterCount, script: scriptOf(text) };
}

/** The bytes of a token, one character each. */
function standsFor(piece: string, kind: VocabularyRow['kind'], byteLevel: string | null): string {
  if (kind === 'special') return '';
  if (kind === 'byte') return String.fromCharCode(parseInt(piece.slice(3, 5), 16));
  return byteLevel ?? bytesOf(piece.replaceAll('▁', ' '));
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Empty where the bytes are no whole characters. */
function textOf(bytes: string): string {
  try {
    return decoder.decode(Buffer.from(bytes, 'latin1'));
  } catch {
    return '';
  }
}
