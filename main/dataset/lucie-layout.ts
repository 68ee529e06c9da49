/** The columns of Lucie-Training-Dataset, all strings, in the order of its parquet files. */
import type { Column } from './source.ts';

export const lucieColumns = [
  'source',
  'id',
  'language',
  'date',
  'author',
  'url',
  'title',
  'extra',
  'quality_signals',
  'text',
] as const;

const textTypes = new Set(['VARCHAR', 'string', 'text']);

export function isTextColumn(column: Column): boolean {
  return textTypes.has(column.type);
}

/** True where a file has exactly Lucie's columns, in any order: JSON lines have no order of their own. */
export function isLucieLayout(columns: readonly Column[]): boolean {
  const texts = new Set(columns.filter(isTextColumn).map(({ name }) => name));
  return columns.length === lucieColumns.length && lucieColumns.every((name) => texts.has(name));
}
