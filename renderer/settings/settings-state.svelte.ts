/** The user's settings as the main side stores them. Every change is written at once and comes back through the watch. */
import type { ErrorReport } from '../../main/contract/errors.ts';
import type { Settings } from '../../main/contract/settings.ts';
import type { Connection } from '../connection/connection.ts';
import { follow } from '../connection/follow.ts';
import { toErrorReport } from '../rpc.ts';

export class SettingsState {
  readonly #connection: Connection;
  #current = $state.raw<Settings | null>(null);
  #error = $state.raw<ErrorReport | null>(null);

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** `null` until they were read. */
  get current(): Settings | null {
    return this.#current;
  }

  /** Why the last change was not stored, or why the settings cannot be read. */
  get error(): ErrorReport | null {
    return this.#error;
  }

  async run(signal: AbortSignal): Promise<void> {
    const { settings } = this.#connection.client;
    try {
      await follow(
        this.#connection,
        (streamSignal) => settings.watch(undefined, { signal: streamSignal }),
        (current) => (this.#current = current),
        signal,
      );
    } catch (thrown) {
      this.#error = toErrorReport(thrown);
    }
  }

  async update(change: Partial<Settings>): Promise<void> {
    this.#error = null;
    try {
      this.#current = await this.#connection.client.settings.update(change);
    } catch (thrown) {
      this.#error = toErrorReport(thrown);
    }
  }
}
