/** The model folders that were found, and loading one of them. */
import type { ErrorReport } from '../../main/contract/errors.ts';
import type { ModelSummary } from '../../main/contract/models.ts';
import type { Connection } from '../connection/connection.ts';
import { toErrorReport } from '../rpc.ts';

export class Catalogue {
  readonly #connection: Connection;
  #models = $state.raw<readonly ModelSummary[] | null>(null);
  #error = $state.raw<ErrorReport | null>(null);
  #loadingId = $state<string | null>(null);
  #loadError = $state.raw<{ id: string; report: ErrorReport } | null>(null);

  constructor(connection: Connection) {
    this.#connection = connection;
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

  /** Why the model `id` could not be loaded. */
  get loadError(): { id: string; report: ErrorReport } | null {
    return this.#loadError;
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
    this.#loadError = null;
    try {
      await this.#connection.client.models.load({ id });
    } catch (thrown) {
      this.#loadError = { id, report: toErrorReport(thrown) };
    } finally {
      this.#loadingId = null;
    }
  }
}
