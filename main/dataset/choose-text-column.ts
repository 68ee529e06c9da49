/** Which column a reader opens first: `text`, else the longest on average of the first rows; text types before others. */
import { isTextColumn } from './lucie-layout.ts';
import type { Source } from './source.ts';

const sampledRows = 20;

export async function chooseTextColumn(source: Source): Promise<string | null> {
  const named = source.columns.find((column) => column.name === 'text' && isTextColumn(column));
  if (named !== undefined) return named.name;
  const lengths = await averageLengths(source);
  const ranked = source.columns
    .map((column, index) => ({ column, length: lengths[index] ?? 0 }))
    .sort((a, b) => Number(isTextColumn(b.column)) - Number(isTextColumn(a.column)) || b.length - a.length);
  return ranked[0]?.column.name ?? null;
}

async function averageLengths(source: Source): Promise<number[]> {
  const spans = source.columns.map((_, column) => ({ column, start: 0, length: 1 }));
  const rows = await source.read(0, sampledRows, spans);
  return spans.map(
    (_, column) => rows.reduce((sum, row) => sum + (row[column]?.characterCount ?? 0), 0) / Math.max(rows.length, 1),
  );
}
