/**
 * The vocabulary as it is searched and shown. The main side holds it and answers searches; here are the rows near the window, by
 * their place among the hits. An older answer never replaces a newer one.
 */
import { WorkbenchError, type ErrorReport } from '../../../main/contract/errors.ts';
import type { TokenizerSource } from '../../../main/contract/tokenisation.ts';
import type {
  VocabularyFacets,
  VocabularyFilters,
  VocabularyRow,
  VocabularySort,
} from '../../../main/contract/vocabulary.ts';
import type { Connection } from '../../connection/connection.ts';
import { delay } from '../../connection/delay.ts';
import { toErrorReport } from '../../rpc.ts';
import { allTokens, noFilters, queryOf, type SearchTerms } from './search-terms.ts';

export const PAGE_SIZE = 200;
const SAVED_PAGE_SIZE = 5_000;
/** After the last key that was pressed. */
const PAUSE_MS = 120;

/** What the hits amount to; the same until the next search. */
interface Found {
  readonly tokenizerHash: string;
  readonly size: number;
  readonly total: number;
  readonly facets: VocabularyFacets;
}

/** Rows by the number of their page. */
type Pages = Readonly<Record<number, readonly VocabularyRow[]>>;

export class VocabularyState {
  readonly #connection: Connection;
  readonly #source: () => TokenizerSource;
  #terms = $state.raw<SearchTerms>(allTokens);
  #found = $state.raw<Found | null>(null);
  #pages = $state.raw<Pages>({});
  #error = $state.raw<ErrorReport | null>(null);
  #searching = $state(false);
  #chosenId = $state<number | null>(null);
  #chosenPlace = $state<number | null>(null);
  #tokenizer: string | null = null;
  #asking = new AbortController();
  /** Pages that are there or under way. */
  #asked: Record<number, boolean> = {};

  /** `source`: whose vocabulary it is. */
  constructor(connection: Connection, source: () => TokenizerSource) {
    this.#connection = connection;
    this.#source = source;
  }

  get terms(): SearchTerms {
    return this.#terms;
  }

  /** `null` before the first answer, and after an error. */
  get found(): Found | null {
    return this.#found;
  }

  get error(): ErrorReport | null {
    return this.#error;
  }

  get searching(): boolean {
    return this.#searching;
  }

  /** True where the field is no id. */
  readonly isMalformed: boolean = $derived(queryOf(this.#terms) === null);

  get chosenId(): number | null {
    return this.#chosenId;
  }

  /** Its place among the hits; `null` where it is none of them. */
  get chosenPlace(): number | null {
    return this.#chosenPlace;
  }

  /** `undefined` while it is not there yet. */
  rowAt(place: number): VocabularyRow | undefined {
    return this.#pages[Math.floor(place / PAGE_SIZE)]?.[place % PAGE_SIZE];
  }

  /** Asks for the vocabulary again where `tokenizer`, whatever names it, is not the one that was asked for last. */
  open(tokenizer: string): void {
    if (tokenizer === this.#tokenizer) return;
    this.#tokenizer = tokenizer;
    this.#found = null;
    this.#pages = {};
    void this.#search(0);
  }

  retry(): void {
    void this.#search(0);
  }

  change(terms: Partial<SearchTerms>): void {
    this.#terms = { ...this.#terms, ...terms };
    if (!this.isMalformed) void this.#search(terms.text === undefined ? 0 : PAUSE_MS);
  }

  filter(filters: Partial<VocabularyFilters>): void {
    this.change({ filters: { ...this.#terms.filters, ...filters } });
  }

  clearFilters(): void {
    this.change({ filters: noFilters });
  }

  /** By another column, or the same one the other way round. */
  sort(by: VocabularySort['by']): void {
    const { sort } = this.#terms;
    this.change({ sort: { by, descending: sort.by === by && !sort.descending } });
  }

  showAll(): void {
    this.change(allTokens);
  }

  /** Shows a token among all the others, whatever was searched for. */
  show(id: number): void {
    this.#chosenId = id;
    this.#chosenPlace = null;
    this.change({ ...allTokens, sort: this.#terms.sort });
  }

  choose(place: number): void {
    if (this.#found === null || this.#found.total === 0) return;
    this.#chosenPlace = Math.max(0, Math.min(place, this.#found.total - 1));
    const row = this.rowAt(this.#chosenPlace);
    if (row === undefined) void this.#load(Math.floor(this.#chosenPlace / PAGE_SIZE));
    else this.#chosenId = row.id;
  }

  /** Loads the rows of a window, and those on either side of it. */
  want(first: number, last: number): void {
    const total = this.#found?.total ?? 0;
    const end = Math.min(Math.floor(last / PAGE_SIZE), Math.floor((total - 1) / PAGE_SIZE));
    for (let page = Math.max(0, Math.floor(first / PAGE_SIZE)); page <= end; page++) void this.#load(page);
  }

  /** All hits, in their order. @throws WorkbenchError `CANCELLED` where the search or the vocabulary becomes another one meanwhile */
  async allRows(signal: AbortSignal, onprogress: (done: number) => void): Promise<VocabularyRow[]> {
    const rows: VocabularyRow[] = [];
    const asked = this.#input();
    const search = this.#asking;
    const { total = 0, tokenizerHash } = this.#found ?? {};
    while (rows.length < total) {
      const page = { ...asked, offset: rows.length, limit: SAVED_PAGE_SIZE };
      const { rows: more, ...answer } = await this.#connection.client.tokens.vocabulary(page, { signal });
      if (search !== this.#asking || answer.tokenizerHash !== tokenizerHash) {
        throw new WorkbenchError('CANCELLED', 'The search was changed while its hits were saved.', {
          action: 'Save them again.',
        });
      }
      if (more.length === 0) break;
      rows.push(...more);
      onprogress(rows.length);
    }
    return rows;
  }

  #input() {
    const { filters, sort } = this.#terms;
    return { tokenizer: this.#source(), query: queryOf(this.#terms) ?? { form: 'all' as const }, filters, sort };
  }

  async #search(pauseMs: number): Promise<void> {
    this.#asking.abort();
    const asking = new AbortController();
    const { signal } = asking;
    this.#asking = asking;
    this.#searching = true;
    await delay(pauseMs, signal);
    if (signal.aborted) return;
    try {
      const input = { ...this.#input(), offset: 0, limit: PAGE_SIZE, locate: this.#chosenId };
      const { rows, located, ...found } = await this.#connection.client.tokens.vocabulary(input, { signal });
      if (signal.aborted) return;
      this.#found = found;
      this.#pages = { 0: rows };
      this.#asked = { 0: true };
      this.#chosenPlace = located;
      this.#error = null;
    } catch (thrown) {
      if (signal.aborted) return;
      this.#found = null;
      this.#pages = {};
      this.#chosenPlace = null;
      this.#error = toErrorReport(thrown);
    }
    this.#searching = false;
  }

  async #load(page: number): Promise<void> {
    if (this.#asked[page] === true || this.#found === null) return;
    const asked = this.#asked;
    asked[page] = true;
    const { signal } = this.#asking;
    try {
      const input = { ...this.#input(), offset: page * PAGE_SIZE, limit: PAGE_SIZE };
      const { rows } = await this.#connection.client.tokens.vocabulary(input, { signal });
      if (asked !== this.#asked) return;
      this.#pages = { ...this.#pages, [page]: rows };
      const chosen = this.#chosenPlace;
      if (chosen !== null && Math.floor(chosen / PAGE_SIZE) === page)
        this.#chosenId = rows[chosen % PAGE_SIZE]?.id ?? null;
    } catch (thrown) {
      asked[page] = false;
      if (asked === this.#asked && !signal.aborted) this.#error = toErrorReport(thrown);
    }
  }
}
