/** Versions, host and data folder; read once. */
import type { AppInfo } from '../../main/contract/app.ts';
import type { Connection } from '../connection/connection.ts';

export class AppState {
  readonly #connection: Connection;
  #info = $state.raw<AppInfo | null>(null);

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  get info(): AppInfo | null {
    return this.#info;
  }

  async load(): Promise<void> {
    this.#info = await this.#connection.client.app.info();
  }
}
