/** The connection's state as something components can look at. */
import type { Connection, ConnectionState } from '../connection/connection.ts';

export class LinkState {
  #state = $state<ConnectionState>('connecting');
  #wasOpen = $state(false);

  constructor(connection: Connection) {
    connection.onState((state) => {
      this.#state = state;
      if (state === 'open') this.#wasOpen = true;
    });
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** True from the first time the line was open: what is shown is then older, but real. */
  get wasOpen(): boolean {
    return this.#wasOpen;
  }
}
