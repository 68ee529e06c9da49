/** Hits of a search as a file: CSV (RFC 4180, in UTF-8) or JSON. */
import type { VocabularyRow } from '../../../main/contract/vocabulary.ts';

const columns = {
  id: ({ id }: VocabularyRow) => id,
  piece: ({ piece }: VocabularyRow) => piece,
  text: ({ text }: VocabularyRow) => text,
  kind: ({ kind }: VocabularyRow) => kind,
  bytes: ({ bytes }: VocabularyRow) => bytes,
  characters: ({ characterCount }: VocabularyRow) => characterCount,
  script: ({ script }: VocabularyRow) => script,
  merge_rank: ({ mergeRank }: VocabularyRow) => mergeRank ?? '',
  frequency_class: ({ frequencyClass }: VocabularyRow) => frequencyClass ?? '',
  reachability: ({ reachability }: VocabularyRow) => reachability,
};

export function hitsAsCsv(rows: readonly VocabularyRow[]): string {
  const values = Object.values(columns);
  const lines = rows.map((row) => values.map((value) => quoted(String(value(row)))).join(','));
  return [Object.keys(columns).join(','), ...lines, ''].join('\r\n');
}

export function hitsAsJson(rows: readonly VocabularyRow[]): string {
  return `[\n${rows.map((row) => `  ${JSON.stringify(row)}`).join(',\n')}\n]\n`;
}

function quoted(value: string): string {
  return /^[^\s",]+$|^$/.test(value) ? value : `"${value.replaceAll('"', '""')}"`;
}
