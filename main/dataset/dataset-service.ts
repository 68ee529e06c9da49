/**
 * Datasets as the main side offers them: the data process behind a client that may be replaced at any moment.
 *
 * A restarted data process has nothing open. The service remembers every dataset it has seen and opens the file
 * again before repeating the call, so that a crash costs the reader one message, not the place where they were.
 */
import { realpath } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import type { ContractRouterClient } from '@orpc/contract';
import type { Dataset, DatasetDocument, datasetContract, Page } from '../contract/dataset.ts';
import { WorkbenchError } from '../contract/errors.ts';
import type { Logger } from '../logger/index.ts';
import { changedFile } from './file-errors.ts';
import { describe, RecentFiles, type RecentFile } from './recent-files.ts';

export type DataProcessClient = ContractRouterClient<typeof datasetContract>;

export interface DatasetServiceOptions {
  /** The client of the running data process; starts it where it is not running. */
  client: () => Promise<DataProcessClient>;
  /** The JSON file that keeps the list of recent datasets. */
  recentFile: string;
  /** The sample dataset that is shipped, as an absolute path. */
  samplePath: string;
  logger: Logger;
}

type OpenInput = Parameters<DataProcessClient['open']>[0];
type PageInput = Parameters<DataProcessClient['page']>[0];
type DocumentInput = Parameters<DataProcessClient['document']>[0];
type SliceInput = Parameters<DataProcessClient['slice']>[0];

export class DatasetService {
  readonly #options: DatasetServiceOptions;
  readonly #recent: RecentFiles;
  readonly #seen = new Map<string, Dataset>();

  constructor(options: DatasetServiceOptions) {
    this.#options = options;
    this.#recent = new RecentFiles(options.recentFile, options.logger);
  }

  async open(input: OpenInput, signal?: AbortSignal): Promise<Dataset> {
    const client = await this.#options.client();
    const opened = await client.open(input, { ...(signal && { signal }) });
    const dataset = { ...opened, embedded: opened.path === (await this.#samplePath()) };
    this.#seen.set(dataset.id, dataset);
    if (!dataset.embedded) await this.#recent.add(dataset.path);
    return dataset;
  }

  async close(input: { datasetId: string }): Promise<void> {
    await (await this.#options.client()).close(input);
  }

  page(input: PageInput, signal?: AbortSignal): Promise<Page> {
    return this.#withOpenDataset(input.datasetId, (client) => client.page(input, { ...(signal && { signal }) }));
  }

  document(input: DocumentInput, signal?: AbortSignal): Promise<DatasetDocument> {
    return this.#withOpenDataset(input.datasetId, (client) => client.document(input, { ...(signal && { signal }) }));
  }

  slice(input: SliceInput, signal?: AbortSignal): Promise<{ text: string }> {
    return this.#withOpenDataset(input.datasetId, (client) => client.slice(input, { ...(signal && { signal }) }));
  }

  find(input: Parameters<DataProcessClient['find']>[0], signal?: AbortSignal): ReturnType<DataProcessClient['find']> {
    return this.#withOpenDataset(input.datasetId, (client) => client.find(input, { ...(signal && { signal }) }));
  }

  /** The embedded sample first, then recently opened files that still exist. */
  async recent(): Promise<(RecentFile & { embedded: boolean })[]> {
    const samplePath = await this.#samplePath();
    const [sample, opened] = await Promise.all([describe(samplePath), this.#recent.list()]);
    return [
      ...(sample === null ? [] : [{ ...sample, embedded: true }]),
      ...opened.filter(({ path }) => path !== samplePath).map((file) => ({ ...file, embedded: false })),
    ];
  }

  /** As the data process reports paths: with links resolved. */
  async #samplePath(): Promise<string> {
    const { samplePath } = this.#options;
    return realpath(samplePath).catch(() => samplePath);
  }

  async #withOpenDataset<Output>(
    datasetId: string,
    call: (client: DataProcessClient) => Promise<Output>,
  ): Promise<Output> {
    try {
      return await call(await this.#options.client());
    } catch (error) {
      const seen = this.#seen.get(datasetId);
      if (seen === undefined || !(error instanceof WorkbenchError) || error.code !== 'DATASET_NOT_OPEN') throw error;
      this.#options.logger.log('info', 'A dataset is opened again', { path: seen.path });
      const again = await (await this.#options.client()).open({ path: seen.path });
      if (!isDeepStrictEqual({ ...again, embedded: seen.embedded }, seen)) throw changedFile(seen.path);
      return call(await this.#options.client());
    }
  }
}
