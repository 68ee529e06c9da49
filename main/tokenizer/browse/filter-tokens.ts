/** Filters over the hits of a query, and what each choice of a filter would leave with the others as they are. */
import type { VocabularyFacets, VocabularyFilters, VocabularyRow } from '../../contract/vocabulary.ts';

interface Range {
  least: number | null;
  most: number | null;
}

/** True for a row that passes them all; every row that is asked about is counted in `facets`. */
export class TokenFilter {
  readonly facets: VocabularyFacets = {
    kinds: {},
    scripts: {},
    reachability: {},
    withSpace: 0,
    withoutSpace: 0,
  };
  readonly #filters: VocabularyFilters;
  readonly #kinds: ReadonlySet<string>;
  readonly #scripts: ReadonlySet<string>;
  readonly #reachability: ReadonlySet<string>;

  constructor(filters: VocabularyFilters) {
    this.#filters = filters;
    this.#kinds = new Set(filters.kinds);
    this.#scripts = new Set(filters.scripts);
    this.#reachability = new Set(filters.reachability);
  }

  passes(row: VocabularyRow): boolean {
    const { beginsWithSpace, characters, bytes } = this.#filters;
    if (!isWithin(row.characterCount, characters) || !isWithin(row.bytes.length / 2, bytes)) return false;
    const hasSpace = row.text.startsWith(' ');
    const kind = isChosen(this.#kinds, row.kind);
    const script = isChosen(this.#scripts, row.script);
    const reached = isChosen(this.#reachability, row.reachability);
    const spaced = beginsWithSpace === null || beginsWithSpace === hasSpace;
    const { facets } = this;
    if (script && reached && spaced) count(facets.kinds, row.kind);
    if (kind && reached && spaced) count(facets.scripts, row.script);
    if (kind && script && spaced) count(facets.reachability, row.reachability);
    if (kind && script && reached) facets[hasSpace ? 'withSpace' : 'withoutSpace']++;
    return kind && script && reached && spaced;
  }
}

function isChosen(choices: ReadonlySet<string>, value: string): boolean {
  return choices.size === 0 || choices.has(value);
}

function count<Key extends string>(counts: Partial<Record<Key, number>>, key: Key): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

function isWithin(value: number, { least, most }: Range): boolean {
  return (least === null || value >= least) && (most === null || value <= most);
}
