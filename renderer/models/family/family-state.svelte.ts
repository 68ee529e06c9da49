/** What is published of the Lucie family, and what this machine has room for. */
import type { ErrorReport } from '../../../main/contract/errors.ts';
import type { Family } from '../../../main/contract/model-family.ts';
import type { Connection } from '../../connection/connection.ts';
import { toErrorReport } from '../../rpc.ts';

export class FamilyState {
  readonly #connection: Connection;
  #current = $state.raw<Family | null>(null);
  #error = $state.raw<ErrorReport | null>(null);

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** `null` until it was read. */
  get current(): Family | null {
    return this.#current;
  }

  get error(): ErrorReport | null {
    return this.#error;
  }

  /** The free space changes with every model that comes or goes. */
  async refresh(): Promise<void> {
    try {
      this.#current = await this.#connection.client.models.family();
      this.#error = null;
    } catch (thrown) {
      this.#error = toErrorReport(thrown);
    }
  }
}
