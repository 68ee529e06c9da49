/** Versions, host and data folder; read once. */
import type { AppInfo } from '../../main/contract/app.ts';
import type { ErrorReport } from '../../main/contract/errors.ts';
import type { Connection } from '../connection/connection.ts';
import { toErrorReport } from '../rpc.ts';

export class AppState {
  readonly #connection: Connection;
  #info = $state.raw<AppInfo | null>(null);
  #error = $state.raw<ErrorReport | null>(null);

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  get info(): AppInfo | null {
    return this.#info;
  }

  /** Why they could not be read. */
  get error(): ErrorReport | null {
    return this.#error;
  }

  async load(): Promise<void> {
    try {
      this.#info = await this.#connection.client.app.info();
      this.#error = null;
    } catch (thrown) {
      this.#error = toErrorReport(thrown);
    }
  }
}
