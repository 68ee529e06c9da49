/** The page of rows that is shown; an older answer never replaces a newer one. */
import type { Dataset, Page } from '../../main/contract/dataset.ts';
import type { ErrorReport } from '../../main/contract/errors.ts';
import type { Connection } from '../connection/connection.ts';
import { toErrorReport } from '../rpc.ts';

export const PAGE_SIZE = 50;
const PREVIEW_LENGTH = 200;

export class RowPages {
  readonly #connection: Connection;
  readonly #dataset: Dataset;
  #page = $state.raw<Page | null>(null);
  #firstLoaded = $state.raw<Page | null>(null);
  #offset = $state(0);
  #loading = $state(false);
  #error = $state.raw<ErrorReport | null>(null);
  #asking: AbortController | null = null;

  constructor(connection: Connection, dataset: Dataset) {
    this.#connection = connection;
    this.#dataset = dataset;
  }

  /** The rows last loaded: those of `offset` once `loading` is over. */
  get page(): Page | null {
    return this.#page;
  }

  /** The page that was loaded first: what the table is laid out after, so that turning pages does not move columns. */
  get firstLoaded(): Page | null {
    return this.#firstLoaded;
  }

  /** First row of the page that is wanted. */
  get offset(): number {
    return this.#offset;
  }

  get loading(): boolean {
    return this.#loading;
  }

  get error(): ErrorReport | null {
    return this.#error;
  }

  showRow(row: number): void {
    const offset = Math.floor(row / PAGE_SIZE) * PAGE_SIZE;
    if (offset === this.#offset && (this.#loading || this.#page?.offset === offset)) return;
    void this.#load(offset);
  }

  stop(): void {
    this.#asking?.abort();
  }

  async #load(offset: number): Promise<void> {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    this.#offset = offset;
    this.#loading = true;
    try {
      const input = { datasetId: this.#dataset.id, offset, limit: PAGE_SIZE, previewLength: PREVIEW_LENGTH };
      const page = await this.#connection.client.dataset.page(input, { signal: asking.signal });
      if (asking.signal.aborted) return;
      this.#page = page;
      this.#firstLoaded ??= page;
      this.#error = null;
    } catch (thrown) {
      if (asking.signal.aborted) return;
      this.#page = null;
      this.#error = toErrorReport(thrown);
    }
    this.#loading = false;
  }
}
