/**
 * Goes through the rows of a source and tells those that hold a text. Every value is searched whole, whatever its length; nothing is left
 * out without a word: the last event says where the search stopped.
 */
import type { FindEvent, RowHit } from '../../contract/dataset-find.ts';
import { foldText } from '../../contract/folded-text.ts';
import type { Source } from '../source.ts';
import { findInValue } from './folded-places.ts';

/** How often the reader is told how far the search is. */
const progressEveryMs = 200;

export interface FindRequest {
  text: string;
  /** Indices of the columns that are searched, in the order in which they are. */
  columns: readonly number[];
  from: number;
  limit: number;
}

export async function* findRows(
  source: Source,
  { text, columns, from, limit }: FindRequest,
  signal: AbortSignal,
): AsyncGenerator<FindEvent> {
  const wanted = foldText(text);
  let rows = 0;
  let characters = 0;
  let hits = 0;
  let told = performance.now();
  for await (const { row, values } of source.scan(from, columns, signal)) {
    rows++;
    for (const value of values) characters += value?.length ?? 0;
    const hit = findInRow(values, wanted);
    if (hit !== null) {
      hits++;
      const { name = '' } = source.columns[columns[hit.place] ?? -1] ?? {};
      yield { type: 'hit', hit: { row, column: name, ...hit.found } };
    }
    if (hits === limit) {
      const nextRow = row + 1 < source.rowCount ? row + 1 : null;
      return yield { type: 'end', rows, characters, nextRow };
    }
    if (performance.now() - told >= progressEveryMs) {
      yield { type: 'progress', rows, characters };
      told = performance.now();
    }
  }
  yield { type: 'end', rows, characters, nextRow: null };
}

function findInRow(
  values: readonly (string | null)[],
  wanted: string,
): { place: number; found: Omit<RowHit, 'row' | 'column'> } | null {
  for (const [place, value] of values.entries()) {
    const found = value === null ? null : findInValue(value, wanted);
    if (found !== null) return { place, found };
  }
  return null;
}
