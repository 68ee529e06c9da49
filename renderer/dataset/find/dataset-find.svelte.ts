/**
 * The search in the open dataset: what is looked for, the rows found so far, and which place is being read. The main side reads the whole
 * file; here its hits are collected, and where to go on.
 */
import type { FoundPlace, RowHit } from '../../../main/contract/dataset-find.ts';
import type { Dataset } from '../../../main/contract/dataset.ts';
import type { ErrorReport } from '../../../main/contract/errors.ts';
import type { Connection } from '../../connection/connection.ts';
import { toErrorReport } from '../../rpc.ts';

/** As the contract has it; the field takes no more. */
export const LONGEST_QUERY = 2_000;
const ROWS_AT_ONCE = 200;

export interface FindTarget {
  /** The open dataset; `null` while there is none. */
  dataset: () => Dataset | null;
  /** Shows a row with a column read, so far that the place is there. */
  show: (hit: RowHit, place: FoundPlace) => void;
}

export class DatasetFind {
  readonly #connection: Connection;
  readonly #target: FindTarget;
  #query = $state('');
  #everyColumn = $state(false);
  #asked = $state<{ text: string; datasetId: string } | null>(null);
  #hits = $state.raw<readonly RowHit[]>([]);
  #current = $state.raw<{ hit: number; place: number } | null>(null);
  /** Rows read since the first of the file. */
  #rowsRead = $state(0);
  #nextRow = $state<number | null>(null);
  #running = $state.raw<AbortController | null>(null);
  #error = $state.raw<ErrorReport | null>(null);
  #isWaiting = $state(false);

  constructor(connection: Connection, target: FindTarget) {
    this.#connection = connection;
    this.#target = target;
  }

  get query(): string {
    return this.#query;
  }

  get everyColumn(): boolean {
    return this.#everyColumn;
  }

  /** What the hits are hits of; `null` where nothing was looked for. */
  get asked(): string | null {
    return this.#asked?.text ?? null;
  }

  get hits(): readonly RowHit[] {
    return this.#hits;
  }

  /** Place of the hit that is read. */
  get currentHit(): number | null {
    return this.#current?.hit ?? null;
  }

  get currentPlace(): number | null {
    return this.#current?.place ?? null;
  }

  get rowsRead(): number {
    return this.#rowsRead;
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  /** Where the rest of the file begins that was not searched; `null` where all of it was. */
  get nextRow(): number | null {
    return this.#nextRow;
  }

  get error(): ErrorReport | null {
    return this.#error;
  }

  /** Set where a dataset has to be opened first. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  write(query: string): void {
    this.#query = query;
    this.#isWaiting = false;
  }

  searchEveryColumn(everyColumn: boolean): void {
    this.#everyColumn = everyColumn;
    if (this.#asked !== null) this.start();
  }

  /** From elsewhere: a chosen text, on one line. Without an open dataset it waits for one. */
  ask(text: string): void {
    this.write(text.trim().replace(/\s+/g, ' ').slice(0, LONGEST_QUERY));
    if (this.#query === '') return;
    if (this.#target.dataset() === null) this.#isWaiting = true;
    else this.start();
  }

  /** Hits belong to one file: those of another go, and what waits for a file begins. */
  datasetShown(): void {
    const dataset = this.#target.dataset();
    if (this.#asked !== null && this.#asked.datasetId !== dataset?.id) this.close();
    if (this.#isWaiting && dataset !== null) this.start();
  }

  start(): void {
    const text = this.#query.trim();
    const dataset = this.#target.dataset();
    this.close();
    if (text === '' || dataset === null) return;
    this.#isWaiting = false;
    this.#asked = { text, datasetId: dataset.id };
    void this.#search(dataset, text, 0);
  }

  goOn(): void {
    const dataset = this.#target.dataset();
    if (this.#asked === null || dataset === null || this.#nextRow === null || this.isRunning) return;
    void this.#search(dataset, this.#asked.text, this.#nextRow);
  }

  /** Keeps what was found; the rest can be searched later. */
  stop(): void {
    this.#running?.abort();
    this.#running = null;
  }

  /** Back to the rows; the query stays in the field. */
  close(): void {
    this.stop();
    this.#asked = null;
    this.#hits = [];
    this.#current = null;
    this.#rowsRead = 0;
    this.#nextRow = null;
    this.#error = null;
  }

  select(hit: number, place = 0): void {
    const found = this.#hits[hit];
    const at = found?.places[place];
    if (found === undefined || at === undefined) return;
    this.#current = { hit, place };
    this.#target.show(found, at);
  }

  /** To the next place, in this row or the next one that was found; round at the ends. */
  step(step: 1 | -1): void {
    const count = this.#hits.length;
    if (count === 0) return;
    if (this.#current === null) return this.select(step === 1 ? 0 : count - 1);
    const { hit, place } = this.#current;
    if (this.#hits[hit]?.places[place + step] !== undefined) return this.select(hit, place + step);
    const next = (hit + step + count) % count;
    this.select(next, step === 1 ? 0 : (this.#hits[next]?.places.length ?? 1) - 1);
  }

  async #search(dataset: Dataset, text: string, from: number): Promise<void> {
    const running = new AbortController();
    this.#running = running;
    this.#error = null;
    // Until the end says otherwise: what is stopped can go on.
    this.#nextRow = from;
    const column = this.#everyColumn ? null : dataset.textColumn;
    const input = { datasetId: dataset.id, text, column, from, limit: ROWS_AT_ONCE };
    try {
      const events = await this.#connection.client.dataset.find(input, { signal: running.signal });
      for await (const event of events) {
        if (running.signal.aborted) return;
        if (event.type === 'hit') this.#add(event.hit);
        else this.#rowsRead = from + event.rows;
        if (event.type === 'progress') this.#nextRow = from + event.rows;
        if (event.type === 'end') this.#nextRow = event.nextRow;
      }
    } catch (thrown) {
      if (!running.signal.aborted) this.#error = toErrorReport(thrown);
    } finally {
      if (this.#running === running) this.#running = null;
    }
  }

  #add(hit: RowHit): void {
    this.#hits = [...this.#hits, hit];
    // The row was searched: to go on there would find it twice.
    this.#nextRow = hit.row + 1;
    this.#rowsRead = hit.row + 1;
    if (this.#current === null) this.select(0);
  }
}
