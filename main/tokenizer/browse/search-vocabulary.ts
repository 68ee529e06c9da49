/** A page of the hits of a search. The last searches of a vocabulary are kept: paging through one does not repeat it. */
import type { VocabularyFacets, VocabularyInput, VocabularyPage, VocabularyQuery } from '../../contract/vocabulary.ts';
import { TokenFilter } from './filter-tokens.ts';
import { matchExpression } from './match-expression.ts';
import { matchQuery, searchedText, type Matches } from './match-query.ts';
import { sortedPlaces } from './sort-tokens.ts';
import type { VocabularyTable } from './vocabulary-table.ts';

interface Hits {
  /** Places of rows. */
  places: Uint32Array;
  facets: VocabularyFacets;
}

const mostKept = 4;
const searches = new WeakMap<VocabularyTable, Map<string, Hits>>();

/** @throws WorkbenchError `SEARCH_INVALID` */
export async function searchVocabulary(
  table: VocabularyTable,
  input: VocabularyInput,
  signal?: AbortSignal,
): Promise<VocabularyPage> {
  const { places, facets } = await hitsOf(table, input, signal);
  const page = places.subarray(input.offset, input.offset + input.limit);
  const { locate } = input;
  const located = locate === null ? -1 : places.findIndex((place) => table.rows[place]?.id === locate);
  return {
    tokenizerHash: table.hash,
    size: table.rows.length,
    total: places.length,
    rows: Array.from(page, (place) => table.rows[place]).filter((row) => row !== undefined),
    facets,
    located: located < 0 ? null : located,
  };
}

async function hitsOf(table: VocabularyTable, input: VocabularyInput, signal?: AbortSignal): Promise<Hits> {
  const { query, filters, sort } = input;
  const kept = searches.get(table) ?? new Map<string, Hits>();
  searches.set(table, kept);
  const key = JSON.stringify([query, filters, sort]);
  const known = kept.get(key);
  if (known !== undefined) return known;
  const matches = await matcher(table, query, signal);
  const filter = new TokenFilter(filters);
  const places = sortedPlaces(table, sort).filter((place) => {
    const row = table.rows[place];
    return row !== undefined && matches(row, place) && filter.passes(row);
  });
  const hits = { places, facets: filter.facets };
  kept.set(key, hits);
  for (const oldest of [...kept.keys()].slice(0, -mostKept)) kept.delete(oldest);
  return hits;
}

async function matcher(table: VocabularyTable, query: VocabularyQuery, signal?: AbortSignal): Promise<Matches> {
  if (query.form !== 'regex') return matchQuery(table, query);
  const found = await matchExpression(table.rows.map(searchedText), query.pattern, query.matchCase, signal);
  return (_, place) => found[place] === 1;
}
