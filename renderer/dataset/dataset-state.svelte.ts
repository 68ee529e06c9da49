/**
 * The Data pane: which dataset is open, the recent ones, and what goes wrong in opening. The rows and the document that is
 * read have their own classes, made anew for each dataset.
 */
import type { Dataset } from '../../main/contract/dataset.ts';
import type { ErrorReport } from '../../main/contract/errors.ts';
import type { Connection } from '../connection/connection.ts';
import type { Host } from '../host.ts';
import { isAbort, toErrorReport } from '../rpc.ts';
import { DatasetView } from './dataset-view.svelte.ts';
import { rememberedPlace, rememberPlace } from './place.ts';

export interface RecentDataset {
  path: string;
  name: string;
  byteLength: number;
  embedded: boolean;
}

export class DatasetState {
  readonly #connection: Connection;
  readonly #pathForFile: Host['pathForFile'];
  readonly #storage: Storage;
  #recent = $state.raw<readonly RecentDataset[] | null>(null);
  #view = $state.raw<DatasetView | null>(null);
  #opening = $state<string | null>(null);
  #error = $state.raw<ErrorReport | null>(null);
  #work: AbortController | null = null;
  #again: (() => Promise<void>) | null = null;
  #started = false;

  constructor(connection: Connection, pathForFile: Host['pathForFile'], storage: Storage) {
    this.#connection = connection;
    this.#pathForFile = pathForFile;
    this.#storage = storage;
  }

  /** `null` until the list was read. */
  get recent(): readonly RecentDataset[] | null {
    return this.#recent;
  }

  /** The open dataset; `null` while there is none. */
  get view(): DatasetView | null {
    return this.#view;
  }

  /** Name of what is being opened. */
  get opening(): string | null {
    return this.#opening;
  }

  get error(): ErrorReport | null {
    return this.#error;
  }

  /** At the first showing of the pane: the list, and the dataset that was read before the window was reloaded. */
  async start(): Promise<void> {
    if (this.#started) return;
    this.#started = true;
    const place = rememberedPlace(this.#storage);
    if (place !== null) await this.open(place.path, place.row);
    if (this.#view !== null) return;
    // A file sent by a browser is gone once the host was stopped.
    if (this.#error?.code === 'FILE_NOT_FOUND') rememberPlace(this.#storage, null);
    await this.refreshRecent();
  }

  async refreshRecent(): Promise<void> {
    try {
      this.#recent = await this.#connection.client.dataset.recent();
    } catch (thrown) {
      this.#fail(thrown, () => this.refreshRecent());
    }
  }

  open(path: string, row = 0): Promise<void> {
    const again = () => this.open(path, row);
    return this.#run(path.split(/[\\/]/).at(-1) ?? path, again, async (signal) => {
      const dataset = await this.#connection.client.dataset.open({ path }, { signal });
      if (!signal.aborted) this.#show(dataset, row);
    });
  }

  openFile(file: File): Promise<void> {
    return this.#run(
      file.name,
      () => this.openFile(file),
      async (signal) => {
        const path = await this.#pathForFile(file, signal);
        const dataset = await this.#connection.client.dataset.open({ path }, { signal });
        if (!signal.aborted) this.#show(dataset, 0);
      },
    );
  }

  cancelOpening(): void {
    this.#work?.abort();
    this.#opening = null;
  }

  retry(): void {
    void this.#again?.();
  }

  dismissError(): void {
    this.#error = null;
  }

  /** Back to the choice of a dataset. */
  async close(): Promise<void> {
    const view = this.#view;
    if (view === null) return;
    this.#view = null;
    this.#error = null;
    rememberPlace(this.#storage, null);
    view.stop();
    await this.refreshRecent();
    try {
      await this.#connection.client.dataset.close({ datasetId: view.dataset.id });
    } catch (thrown) {
      this.#fail(thrown, () => this.refreshRecent());
    }
  }

  #show(dataset: Dataset, row: number): void {
    this.#view?.stop();
    const remember = (selected: number) => rememberPlace(this.#storage, { path: dataset.path, row: selected });
    this.#view = new DatasetView(this.#connection, dataset, remember);
    this.#view.select(row);
  }

  async #run(name: string, again: () => Promise<void>, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#work?.abort();
    const abort = new AbortController();
    this.#work = abort;
    this.#opening = name;
    this.#error = null;
    try {
      await work(abort.signal);
    } catch (thrown) {
      if (!abort.signal.aborted && !isAbort(thrown)) this.#fail(thrown, again);
    } finally {
      if (this.#work === abort) this.#opening = null;
    }
  }

  #fail(thrown: unknown, again: () => Promise<void>): void {
    this.#error = toErrorReport(thrown);
    this.#again = again;
  }
}
