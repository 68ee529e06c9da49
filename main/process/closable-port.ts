/** A port that this side can close without the other's help: a process that hangs, even one that cannot be killed, is let go of. */
import type { ProcessPort } from './port.ts';

type Listener = (event?: { data: unknown }) => void;

export class ClosablePort implements ProcessPort {
  readonly #port: ProcessPort;
  readonly #closeListeners: Listener[] = [];
  #isClosed = false;

  constructor(port: ProcessPort) {
    this.#port = port;
    port.on('close', () => this.close());
  }

  postMessage(message: unknown): void {
    if (!this.#isClosed) this.#port.postMessage(message);
  }

  on(event: string, listener: Listener): void {
    if (event === 'close') this.#closeListeners.push(listener);
    else this.#port.on(event, (value) => !this.#isClosed && listener(value));
  }

  /** The listeners of `close` are called once. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const listener of this.#closeListeners) listener();
  }
}
