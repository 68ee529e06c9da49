/**
 * One line to the main side that comes back by itself. The client stays the same object across reconnections, so nobody
 * has to fetch it again; a call made while the line is down fails at once with CONNECTION_LOST instead of waiting unseen.
 */
import { createORPCClient, type ClientLink } from '@orpc/client';
import { connectionLost, type Client } from '../rpc.ts';
import { delay, reconnectDelayMs } from './delay.ts';

/** `refused`: the host does not know this browser; only the URL that it printed lets it in. */
export type ConnectionState = 'connecting' | 'open' | 'lost' | 'refused';

export interface Line {
  readonly link: ClientLink<Record<never, never>>;
  /** Settles when the line is gone; never rejects. */
  readonly closed: Promise<LineEnd>;
}

export type LineEnd = 'lost' | 'refused';

/** Opens a line. Throws `ConnectionRefused` where trying again is useless. */
export type Dial = (signal: AbortSignal) => Promise<Line>;

export class ConnectionRefused extends Error {
  override readonly name = 'ConnectionRefused';
}

export class Connection {
  readonly client: Client;
  readonly #dial: Dial;
  readonly #listeners = new Set<(state: ConnectionState) => void>();
  #line: Line | null = null;
  #state: ConnectionState = 'connecting';

  constructor(dial: Dial) {
    this.#dial = dial;
    this.client = createORPCClient<Client>({ call: (...call) => this.#call(...call) });
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Called at every change; returns the function that ends it. */
  onState(listener: (state: ConnectionState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Dials until `signal` aborts or the host refuses. */
  async run(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted;) {
      try {
        this.#line = await this.#dial(signal);
        failures = 0;
        this.#become('open');
        if ((await this.#line.closed) === 'refused') throw new ConnectionRefused('The host closed the line.');
      } catch (thrown) {
        if (thrown instanceof ConnectionRefused) {
          this.#line = null;
          return this.#become('refused');
        }
        failures += 1;
      }
      this.#line = null;
      if (signal.aborted) return;
      this.#become('lost');
      await delay(reconnectDelayMs(failures), signal);
    }
  }

  /** Settles when the line is open, or when `signal` aborts. */
  async whenOpen(signal: AbortSignal): Promise<void> {
    if (this.#state === 'open' || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const settle = () => {
        stop();
        signal.removeEventListener('abort', settle);
        resolve();
      };
      const stop = this.onState((state) => state === 'open' && settle());
      signal.addEventListener('abort', settle, { once: true });
    });
  }

  async #call(...[path, input, options]: Parameters<Line['link']['call']>): Promise<unknown> {
    if (this.#state === 'connecting') await this.whenOpen(options.signal ?? new AbortController().signal);
    const line = this.#line;
    if (line === null) throw connectionLost();
    try {
      return await line.link.call(path, input, options);
    } catch (thrown) {
      throw this.#line === line ? thrown : connectionLost(thrown);
    }
  }

  #become(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}
