/** One open dataset: its rows, which of them is selected, and the document of that row. */
import type { Dataset } from '../../main/contract/dataset.ts';
import type { Connection } from '../connection/connection.ts';
import { DocumentReader } from './document-reader.svelte.ts';
import { RowPages } from './row-pages.svelte.ts';

export class DatasetView {
  readonly dataset: Dataset;
  readonly pages: RowPages;
  readonly reader: DocumentReader;
  readonly #remember: (row: number) => void;
  #row = $state(0);

  constructor(connection: Connection, dataset: Dataset, remember: (row: number) => void) {
    this.dataset = dataset;
    this.pages = new RowPages(connection, dataset);
    this.reader = new DocumentReader(connection, dataset);
    this.#remember = remember;
  }

  /** Selected, counted from 0 in file order. */
  get row(): number {
    return this.#row;
  }

  /** Selects the nearest row there is, shows its page and reads its document. */
  select(row: number): void {
    this.#select(row);
    this.reader.read(this.#row);
  }

  /** The same, in this column, and as far as that character (code points) at once. */
  selectPlace(row: number, column: string, character: number): void {
    this.#select(row);
    this.reader.readAsFarAs(this.#row, column, character);
  }

  #select(row: number): void {
    this.#row = Math.max(0, Math.min(row, this.dataset.rowCount - 1));
    this.pages.showRow(this.#row);
    this.#remember(this.#row);
  }

  stop(): void {
    this.pages.stop();
    this.reader.stop();
  }
}
