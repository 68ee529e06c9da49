/** The user's settings as the main side stores them. Every change is written at once and comes back through the watch. */
import type { ErrorReport } from '../../main/contract/errors.ts';
import type { Settings } from '../../main/contract/settings.ts';
import type { Connection } from '../connection/connection.ts';
import { follow } from '../connection/follow.ts';
import { toErrorReport } from '../rpc.ts';

export class SettingsState {
  readonly #connection: Connection;
  #stored = $state.raw<Settings | null>(null);
  /** Changes that are on their way: shown at once, so that a slider does not jump back to what was stored before. */
  #underWay = $state.raw<readonly Partial<Settings>[]>([]);
  #error = $state.raw<ErrorReport | null>(null);

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** `null` until they were read. */
  readonly current: Settings | null = $derived.by(
    () => this.#stored && this.#underWay.reduce<Settings>((sum, change) => ({ ...sum, ...change }), this.#stored),
  );

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
        (stored) => (this.#stored = stored),
        signal,
      );
    } catch (thrown) {
      this.#error = toErrorReport(thrown);
    }
  }

  /** Returns whether the change was stored. */
  async update(change: Partial<Settings>): Promise<boolean> {
    this.#error = null;
    this.#underWay = [...this.#underWay, change];
    try {
      this.#stored = await this.#connection.client.settings.update(change);
      return true;
    } catch (thrown) {
      this.#error = toErrorReport(thrown);
      return false;
    } finally {
      this.#underWay = this.#underWay.filter((other) => other !== change);
    }
  }
}
