/**
 * The datasets that are open in the data process, by id, and what can be asked of them.
 *
 * At most four are kept; the one unused for longest is closed to make room and is opened again by the main side when it is
 * asked for (`DATASET_NOT_OPEN`). A file that changed since it was opened is refused, never read with old positions.
 */
import { stat } from 'node:fs/promises';
import type { Dataset, DatasetDocument, Page } from '../contract/dataset.ts';
import type { FindEvent, FindInput } from '../contract/dataset-find.ts';
import { WorkbenchError } from '../contract/errors.ts';
import { findRows } from './find/find-rows.ts';
import { changedFile, corruptFile, fromFileSystem } from './file-errors.ts';
import { datasetId, openDataset, resolvePath, type OpenedDataset } from './open-dataset.ts';
import type { Excerpt } from './source.ts';

const keptOpen = 4;

/** Characters of a metadata value that come with a document. */
const metadataLength = 20_000;

interface Entry {
  opened: OpenedDataset;
  /** Reads under way; the source is closed when they are done. */
  reads: Set<Promise<unknown>>;
  /** Ways through the whole file under way; they are stopped where the source is closed. */
  scans: Set<Promise<undefined>>;
  closing: AbortController;
}

export class OpenDatasets {
  /** In the order of last use. */
  readonly #entries = new Map<string, Entry>();
  readonly #opening = new Map<string, { dataset: Promise<Dataset>; signal: AbortSignal | undefined }>();

  /** Who asks for a file that is being opened shares that opening, or begins anew where the first one gives it up. */
  async open(typedPath: string, signal?: AbortSignal): Promise<Dataset> {
    const path = await resolvePath(typedPath);
    const id = datasetId(path);
    const running = this.#opening.get(id);
    if (running !== undefined) {
      await Promise.allSettled([running.dataset]);
      return running.signal?.aborted === true && signal?.aborted !== true ? this.open(path, signal) : running.dataset;
    }
    const dataset = this.#open(path, id, signal).finally(() => this.#opening.delete(id));
    this.#opening.set(id, { dataset, signal });
    return dataset;
  }

  async close(id: string): Promise<void> {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    this.#entries.delete(id);
    entry.closing.abort();
    await Promise.allSettled([...entry.reads, ...entry.scans]);
    await entry.opened.source.close();
  }

  async page(id: string, offset: number, limit: number, previewLength: number): Promise<Page> {
    const { source } = this.#get(id).opened;
    const spans = source.columns.map((_, column) => ({ column, start: 0, length: previewLength }));
    const rows = await this.#read(id, offset, limit, spans);
    const asCell = (value: Excerpt) => value && { preview: value.text, characterCount: value.characterCount };
    return { offset, rows: rows.map((cells, index) => ({ row: offset + index, cells: cells.map(asCell) })) };
  }

  async document(id: string, row: number, column: string | null, length: number): Promise<DatasetDocument> {
    const { dataset, source } = this.#get(id).opened;
    const textIndex = this.#columnIndex(id, column ?? dataset.textColumn ?? '');
    const spans = source.columns.map((_, index) => ({
      column: index,
      start: 0,
      length: index === textIndex ? length : metadataLength,
    }));
    const values = await this.#readRow(id, row, spans);
    const text = values[textIndex] ?? null;
    const metadata = source.columns.map(({ name }, index) => {
      const value = values[index] ?? null;
      return { name, value: value?.text ?? null, truncated: value !== null && value.characterCount > metadataLength };
    });
    return {
      row,
      column: source.columns[textIndex]?.name ?? '',
      characterCount: text?.characterCount ?? 0,
      text: text?.text ?? '',
      metadata: metadata.filter((_, index) => index !== textIndex),
    };
  }

  async slice(id: string, row: number, column: string, start: number, length: number): Promise<{ text: string }> {
    const [value] = await this.#readRow(id, row, [{ column: this.#columnIndex(id, column), start, length }]);
    return { text: value?.text ?? '' };
  }

  /** Fails at once where there is no such dataset or column; what goes wrong in a row later ends the stream. */
  async find({ datasetId: id, ...input }: FindInput, signal?: AbortSignal): Promise<AsyncGenerator<FindEvent>> {
    const entry = this.#get(id);
    const { opened, scans } = entry;
    const columns = input.column === null ? opened.source.columns.keys() : [this.#columnIndex(id, input.column)];
    await checkUnchanged(opened);
    const stop = AbortSignal.any([entry.closing.signal, ...(signal === undefined ? [] : [signal])]);
    return counted(scans, findRows(opened.source, { ...input, columns: [...columns] }, stop));
  }

  async #open(path: string, id: string, signal: AbortSignal | undefined): Promise<Dataset> {
    const known = this.#entries.get(id);
    if (known !== undefined && (await hasChanged(known.opened)) === null) return this.#get(id).opened.dataset;
    await this.close(id);
    const opened = await openDataset(path, signal);
    this.#entries.set(id, { opened, reads: new Set(), scans: new Set(), closing: new AbortController() });
    for (const oldest of [...this.#entries.keys()].slice(0, -keptOpen)) await this.close(oldest);
    return opened.dataset;
  }

  #get(id: string): Entry {
    const entry = this.#entries.get(id);
    if (entry === undefined) {
      throw new WorkbenchError('DATASET_NOT_OPEN', `No dataset with the id ${id} is open.`, {
        action: 'Open the file again.',
        details: { datasetId: id },
      });
    }
    this.#entries.delete(id);
    this.#entries.set(id, entry);
    return entry;
  }

  #columnIndex(id: string, name: string): number {
    const { dataset, source } = this.#get(id).opened;
    const index = source.columns.findIndex((column) => column.name === name);
    if (index !== -1) return index;
    throw new WorkbenchError('COLUMN_NOT_FOUND', `${dataset.name} has no column named "${name}".`, {
      action: `Choose one of: ${source.columns.map((column) => column.name).join(', ')}.`,
      details: { name: dataset.name, column: name },
    });
  }

  async #readRow(id: string, row: number, spans: Parameters<OpenedDataset['source']['read']>[2]): Promise<Excerpt[]> {
    const [values] = await this.#read(id, row, 1, spans);
    if (values !== undefined) return values;
    const { dataset } = this.#get(id).opened;
    throw new WorkbenchError('ROW_NOT_FOUND', `${dataset.name} has no row ${row + 1}; it has ${dataset.rowCount}.`, {
      action: 'Choose a row of the file.',
      details: { name: dataset.name, row: row + 1, rowCount: dataset.rowCount },
    });
  }

  async #read(id: string, ...request: Parameters<OpenedDataset['source']['read']>): Promise<Excerpt[][]> {
    const { opened, reads } = this.#get(id);
    const reading = this.#readUnchanged(opened, request);
    reads.add(reading);
    try {
      return await reading;
    } finally {
      reads.delete(reading);
    }
  }

  async #readUnchanged(
    opened: OpenedDataset,
    request: Parameters<OpenedDataset['source']['read']>,
  ): Promise<Excerpt[][]> {
    await checkUnchanged(opened);
    return opened.source.read(...request);
  }
}

async function checkUnchanged(opened: OpenedDataset): Promise<void> {
  const change = await hasChanged(opened);
  const { path } = opened.dataset;
  if (change === 'gone') throw corruptFile(path, 'gone', 'the file was moved or deleted after it was opened.');
  if (change === 'changed') throw changedFile(path);
}

/** Keeps a promise among `running` for as long as the stream is read. */
async function* counted<Event>(running: Set<Promise<undefined>>, events: AsyncGenerator<Event>): AsyncGenerator<Event> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  running.add(promise);
  try {
    yield* events;
  } finally {
    running.delete(promise);
    resolve(undefined);
  }
}

async function hasChanged({ dataset, file }: OpenedDataset): Promise<'changed' | 'gone' | null> {
  try {
    const status = await stat(dataset.path);
    return status.size === file.byteLength && status.mtimeMs === file.modifiedAt ? null : 'changed';
  } catch (error) {
    const failure = fromFileSystem(dataset.path, error);
    if (failure instanceof WorkbenchError && failure.code === 'FILE_NOT_FOUND') return 'gone';
    throw failure;
  }
}
