/** What `lucie compare` prints: a row for each tokenizer, a row for each language, and the published reference points. */
import type { LanguageTotals } from '../contract/comparison.ts';
import { publishedFertility } from '../contract/published-fertility.ts';
import { textTable } from './text-table.ts';

export interface ComparedTokenizer {
  name: string;
  /** `null` where it could not be used. */
  vocabularySize: number | null;
}

/** Tokens and what they come to, of all the text. */
export function tokenizerTable(tokenizers: readonly ComparedTokenizer[], { counts, tokens }: LanguageTotals): string[] {
  const head = ['tokenizer', 'vocabulary', 'tokens', 'tokens/word', 'characters/token', 'bytes/token'];
  const rows = tokenizers.map(({ name, vocabularySize }, index) => {
    const count = tokens[index] ?? null;
    return [
      name,
      vocabularySize === null ? '–' : String(vocabularySize),
      count === null ? 'failed' : String(count),
      ratio(count, counts.wordCount),
      ratio(counts.characterCount, count),
      ratio(counts.utf8ByteCount, count),
    ];
  });
  return textTable([head, ...rows]);
}

/** Tokens per word by language. */
export function languageTable(
  tokenizers: readonly ComparedTokenizer[],
  languages: readonly LanguageTotals[],
  total: LanguageTotals,
): string[] {
  const head = ['language', 'files', 'words', ...tokenizers.map(({ name }) => name)];
  const row = (name: string, { fileCount, counts, tokens }: LanguageTotals) => [
    name,
    String(fileCount),
    String(counts.wordCount),
    ...tokens.map((count) => ratio(count, counts.wordCount)),
  ];
  return textTable([head, ...languages.map((totals) => row(totals.language ?? '?', totals)), row('all', total)]);
}

export function referenceTable(): string[] {
  const { source, commit, file, tokenizers, datasets } = publishedFertility;
  const head = ['published, tokens/word', ...tokenizers];
  const rows = datasets.map(({ language, dataset, fertility }) => [
    `${dataset} ${language}`,
    ...fertility.map((value) => value.toFixed(3)),
  ]);
  return [...textTable([head, ...rows]), `${source} ${commit.slice(0, 7)}, ${file}; not measured on the text above`];
}

function ratio(value: number | null, of: number | null): string {
  return value === null || of === null || of === 0 ? '–' : (value / of).toFixed(3);
}
