/** The model folders that were found, and loading, unloading and deleting one of them. */
import type { ErrorReport } from '../../main/contract/errors.ts';
import type { ModelSummary } from '../../main/contract/models.ts';
import type { Connection } from '../connection/connection.ts';
import { toErrorReport } from '../rpc.ts';

export class Catalogue {
  readonly #connection: Connection;
  readonly #removed: () => void;
  #models = $state.raw<readonly ModelSummary[] | null>(null);
  #error = $state.raw<ErrorReport | null>(null);
  #loadingId = $state<string | null>(null);
  #removingId = $state<string | null>(null);
  #isUnloading = $state(false);
  #unloadError = $state.raw<ErrorReport | null>(null);
  #modelError = $state.raw<{ id: string; report: ErrorReport } | null>(null);

  /** `removed` is called when a model was deleted from the disk. */
  constructor(connection: Connection, removed: () => void) {
    this.#connection = connection;
    this.#removed = removed;
  }

  /** `null` until the list was read. */
  get models(): readonly ModelSummary[] | null {
    return this.#models;
  }

  /** Why the list cannot be read. */
  get error(): ErrorReport | null {
    return this.#error;
  }

  get loadingId(): string | null {
    return this.#loadingId;
  }

  get removingId(): string | null {
    return this.#removingId;
  }

  get isUnloading(): boolean {
    return this.#isUnloading;
  }

  get unloadError(): ErrorReport | null {
    return this.#unloadError;
  }

  /** Why the model `id` could not be loaded or deleted. */
  get modelError(): { id: string; report: ErrorReport } | null {
    return this.#modelError;
  }

  async refresh(): Promise<void> {
    try {
      this.#models = await this.#connection.client.models.list();
      this.#error = null;
    } catch (thrown) {
      this.#error = toErrorReport(thrown);
    }
  }

  async load(id: string): Promise<void> {
    if (this.#loadingId !== null) return;
    this.#loadingId = id;
    await this.#try(id, () => this.#connection.client.models.load({ id }));
    this.#loadingId = null;
  }

  async unload(): Promise<void> {
    if (this.#isUnloading) return;
    this.#isUnloading = true;
    this.#unloadError = null;
    try {
      await this.#connection.client.models.unload();
    } catch (thrown) {
      this.#unloadError = toErrorReport(thrown);
    } finally {
      this.#isUnloading = false;
    }
  }

  /** Deletes the folder for good. Whether it did. */
  async remove(id: string): Promise<boolean> {
    if (this.#removingId !== null) return false;
    this.#removingId = id;
    const isRemoved = await this.#try(id, () => this.#connection.client.models.remove({ id }));
    await this.refresh();
    this.#removingId = null;
    if (isRemoved) this.#removed();
    return isRemoved;
  }

  async #try(id: string, call: () => Promise<unknown>): Promise<boolean> {
    this.#modelError = null;
    try {
      await call();
      return true;
    } catch (thrown) {
      this.#modelError = { id, report: toErrorReport(thrown) };
      return false;
    }
  }
}
