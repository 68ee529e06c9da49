/**
 * The document of the selected row: its text, loaded in parts where it is very long, and the other columns. A row that is
 * only passed on the way to another is not read.
 */
import type { Dataset, DatasetDocument } from '../../main/contract/dataset.ts';
import type { ErrorReport } from '../../main/contract/errors.ts';
import type { Connection } from '../connection/connection.ts';
import { delay } from '../connection/delay.ts';
import { toErrorReport } from '../rpc.ts';

const FIRST_PART = 200_000;
const NEXT_PART = 1_000_000;
/** What is asked for at once ends so far after a wanted place, and nowhere beyond what the contract allows. */
const AFTER_PLACE = 20_000;
const LARGEST_PART = 4_000_000;
const PAUSE_MS = 60;

export class DocumentReader {
  readonly #connection: Connection;
  readonly #dataset: Dataset;
  #row = 0;
  #column = $state<string | null>(null);
  #document = $state.raw<DatasetDocument | null>(null);
  #text = $state.raw('');
  /** In code points, as the counts of the contract. */
  #loadedCharacters = $state(0);
  #loading = $state(false);
  #loadingMore = $state(false);
  #error = $state.raw<ErrorReport | null>(null);
  #asking: AbortController | null = null;

  constructor(connection: Connection, dataset: Dataset) {
    this.#connection = connection;
    this.#dataset = dataset;
    this.#column = dataset.textColumn;
  }

  /** The column that is read as the text. */
  get column(): string | null {
    return this.#column;
  }

  /** The document last loaded; `null` before the first and after a failure. */
  get document(): DatasetDocument | null {
    return this.#document;
  }

  /** What is loaded of the text. */
  get text(): string {
    return this.#text;
  }

  get loadedCharacters(): number {
    return this.#loadedCharacters;
  }

  get loading(): boolean {
    return this.#loading;
  }

  get loadingMore(): boolean {
    return this.#loadingMore;
  }

  get error(): ErrorReport | null {
    return this.#error;
  }

  read(row: number): void {
    this.#row = row;
    if (this.#column === null || row >= this.#dataset.rowCount || row < 0) return;
    void this.#read(this.#column, FIRST_PART);
  }

  /** What is there already stays as it is. */
  readAsFarAs(row: number, column: string, character: number): void {
    const shown = this.#document;
    const isThere =
      !this.#loading && shown?.row === row && shown.column === column && character <= this.#loadedCharacters;
    this.#row = row;
    this.#column = column;
    if (isThere) return;
    void this.#read(column, Math.max(FIRST_PART, Math.min(character + AFTER_PLACE, LARGEST_PART)));
  }

  readColumn(column: string): void {
    this.#column = column;
    void this.#read(column, FIRST_PART);
  }

  async readMore(): Promise<void> {
    const document = this.#document;
    const signal = this.#asking?.signal;
    if (document === null || signal === undefined || this.#loadingMore) return;
    this.#loadingMore = true;
    const input = { datasetId: this.#dataset.id, row: document.row, column: document.column };
    try {
      const part = { ...input, start: this.#loadedCharacters, length: NEXT_PART };
      const { text } = await this.#connection.client.dataset.slice(part, { signal });
      if (signal.aborted) return;
      this.#text += text;
      this.#loadedCharacters = Math.min(this.#loadedCharacters + NEXT_PART, document.characterCount);
    } catch (thrown) {
      if (!signal.aborted) this.#error = toErrorReport(thrown);
    } finally {
      this.#loadingMore = false;
    }
  }

  stop(): void {
    this.#asking?.abort();
  }

  async #read(column: string, length: number): Promise<void> {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    this.#loading = true;
    await delay(PAUSE_MS, asking.signal);
    if (asking.signal.aborted) return;
    try {
      const input = { datasetId: this.#dataset.id, row: this.#row, column, length };
      const document = await this.#connection.client.dataset.document(input, { signal: asking.signal });
      if (asking.signal.aborted) return;
      this.#document = document;
      this.#text = document.text;
      this.#loadedCharacters = Math.min(length, document.characterCount);
      this.#error = null;
    } catch (thrown) {
      if (asking.signal.aborted) return;
      this.#document = null;
      this.#error = toErrorReport(thrown);
    }
    this.#loading = false;
  }
}
