/** Everything that is known of every token of a tokenizer, computed once: a search reads columns and asks no tokenizer. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { TokenReachability, VocabularyRow } from '../../contract/vocabulary.ts';
import { bytesOf } from '../byte-level.ts';
import { TokenBytes } from '../token-bytes.ts';
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

/** Rows that are made at a time: between two, the process does what else it is asked. */
const sliceLength = 2_048;

export class VocabularyTable {
  readonly hash: string;
  /** In order of id. */
  readonly rows: readonly VocabularyRow[];
  readonly merges: TokenMerges;
  readonly #placeOf: ReadonlyMap<number, number>;

  /** `json` is the tokenizer.json, parsed. */
  static async of(
    tokenizer: BrowsedTokenizer,
    json: unknown,
    reachabilityOf: ReachabilityOf,
  ): Promise<VocabularyTable> {
    const size = tokenizer.vocabularySize;
    const merges = new TokenMerges(json, (piece) => tokenizer.idOf(piece));
    const classes = frequencyClasses(Array.from({ length: size }, (_, id) => merges.rankOf(id)));
    const bytes = tokenizer.textRules.isByteLevel ? new TokenBytes(tokenizer).plain : null;
    const rows: VocabularyRow[] = [];
    for (const id of idsOf(size, tokenizer.addedTokens)) {
      if (id % sliceLength === 0) await nextTurn();
      const piece = tokenizer.pieceOf(id);
      if (piece === '') continue;
      const kind = tokenizer.kindOf(id);
      const stands = standsFor(piece, kind, bytes?.[id] ?? null);
      const text = textOf(stands);
      rows.push({
        id,
        piece,
        kind,
        bytes: Buffer.from(stands, 'latin1').toString('hex'),
        mergeRank: merges.rankOf(id),
        text,
        characterCount: countCodePoints(text),
        script: kind === 'byte' || kind === 'unused' ? 'none' : scriptOf(text),
        frequencyClass: classes[id] ?? null,
        reachability: reachabilityOf(id),
      });
    }
    return new VocabularyTable(tokenizer.hash, rows, merges);
  }

  private constructor(hash: string, rows: readonly VocabularyRow[], merges: TokenMerges) {
    this.hash = hash;
    this.rows = rows;
    this.merges = merges;
    this.#placeOf = new Map(rows.map(({ id }, place) => [id, place]));
  }

  /** `undefined` for an id that is not in the vocabulary. */
  rowOf(id: number): VocabularyRow | undefined {
    const place = this.#placeOf.get(id);
    return place === undefined ? undefined : this.rows[place];
  }
}

/** Those that are counted, then those of added tokens behind a gap, however wide it is. */
function* idsOf(size: number, addedTokens: BrowsedTokenizer['addedTokens']): Generator<number> {
  for (let id = 0; id < size; id++) yield id;
  const beyond = new Set(addedTokens.map(({ id }) => id).filter((id) => id >= size));
  yield* [...beyond].sort((a, b) => a - b);
}

function countCodePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
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
