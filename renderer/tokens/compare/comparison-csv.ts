/** Comparisons as comma-separated values (RFC 4180), with the decimal point and one row for each pair of text and tokenizer. */
import type { LanguageTotals, TextCounts } from '../../../main/contract/comparison.ts';
import { figuresOf } from './figures.ts';

const columns = 'tokenizer,tokens,words,characters,bytes,tokens_per_word,characters_per_token,bytes_per_token';

/** `tokens` is `null` where a tokenizer failed: it has no row. */
export function textCsv(counts: TextCounts, names: readonly string[], tokens: readonly (number | null)[]): string {
  return toCsv([columns.split(','), ...rowsOf(counts, names, tokens)]);
}

/** Language by language, then all (`total`). */
export function filesCsv(
  languages: readonly LanguageTotals[],
  total: LanguageTotals,
  names: readonly string[],
): string {
  const rows = (label: string, { fileCount, counts, tokens }: LanguageTotals) =>
    rowsOf(counts, names, tokens).map((row) => [label, String(fileCount), ...row]);
  return toCsv([
    ['language', 'files', ...columns.split(',')],
    ...languages.flatMap((totals) => rows(totals.language ?? '', totals)),
    ...rows('total', total),
  ]);
}

function rowsOf(counts: TextCounts, names: readonly string[], tokens: readonly (number | null)[]): string[][] {
  return names.flatMap((name, index) => {
    const count = tokens[index] ?? null;
    if (count === null) return [];
    const { tokensPerWord, charactersPerToken, bytesPerToken } = figuresOf(counts, count);
    const sizes = [count, counts.wordCount, counts.characterCount, counts.utf8ByteCount].map(String);
    return [[name, ...sizes, ...[tokensPerWord, charactersPerToken, bytesPerToken].map(decimal)]];
  });
}

function decimal(value: number | null): string {
  return value === null ? '' : value.toFixed(4);
}

function toCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join('');
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
