/**
 * One document's preload world: carries IPC messages and the ports that travel with them between main and the page, and
 * closes those ports when the document is gone.
 */
import type { WebFrameMain } from 'electron';
import type { MessagePortDouble } from './message-channel.ts';
import type { FromPage, ToPage } from './preload-world.ts';

export class FrameDouble implements Pick<WebFrameMain, 'url' | 'postMessage'> {
  readonly parent: WebFrameMain | null = null;
  readonly #ports = new Map<number, MessagePortDouble>();
  readonly #currentUrl: () => string;
  readonly #deliver: (message: ToPage) => void;
  #nextPortId = 1;

  constructor(currentUrl: () => string, deliver: (message: ToPage) => void) {
    this.#currentUrl = currentUrl;
    this.#deliver = deliver;
  }

  get url(): string {
    return this.#currentUrl();
  }

  postMessage(channel: string, message: unknown, transfer: unknown[] = []): void {
    const portIds = (transfer as MessagePortDouble[]).map((port) => this.#bridge(port));
    this.#deliver({ type: 'ipc', channel, message, portIds });
  }

  /** What the page sent over a port. */
  receive(message: Exclude<FromPage, { type: 'ipc' }>): void {
    const port = this.#ports.get(message.id);
    if (message.type === 'port') port?.postMessage(message.data);
    else port?.close();
  }

  /** The document is gone. */
  discard(): void {
    for (const port of this.#ports.values()) port.close();
    this.#ports.clear();
  }

  #bridge(port: MessagePortDouble): number {
    const id = this.#nextPortId++;
    this.#ports.set(id, port);
    port.on('message', ({ data }: { data: unknown }) => {
      if (typeof data !== 'string') throw new TypeError('The double carries text only.');
      this.#deliver({ type: 'port', id, data });
    });
    port.on('close', () => this.#deliver({ type: 'port-closed', id }));
    port.start();
    return id;
  }
}
