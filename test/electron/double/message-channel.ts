/**
 * `MessageChannelMain`: two joined ports. Messages are cloned, wait until their receiver is started, and keep their order;
 * `close` comes last and once on each side.
 */
import { EventEmitter } from 'node:events';
import type { MessageChannelMain, MessagePortMain } from 'electron';

type PortUse = Pick<MessagePortMain, 'postMessage' | 'start' | 'close'>;

export class MessagePortDouble extends EventEmitter implements PortUse {
  #peer: MessagePortDouble | null = null;
  #isStarted = false;
  #isOpen = true;
  #waiting: unknown[] = [];

  static pair(): [MessagePortDouble, MessagePortDouble] {
    const [left, right] = [new MessagePortDouble(), new MessagePortDouble()];
    left.#peer = right;
    right.#peer = left;
    return [left, right];
  }

  postMessage(message: unknown): void {
    const peer = this.#peer;
    if (!this.#isOpen || peer === null) return;
    const data: unknown = structuredClone(message);
    setImmediate(() => peer.#receive(data));
  }

  start(): void {
    this.#isStarted = true;
    for (const data of this.#waiting.splice(0)) this.emit('message', { data, ports: [] });
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    setImmediate(() => this.#peer?.close());
    setImmediate(() => this.emit('close'));
  }

  #receive(data: unknown): void {
    if (this.#isStarted) this.emit('message', { data, ports: [] });
    else this.#waiting.push(data);
  }
}

export class MessageChannelDouble implements Record<keyof MessageChannelMain, MessagePortDouble> {
  readonly port1: MessagePortDouble;
  readonly port2: MessagePortDouble;

  constructor() {
    [this.port1, this.port2] = MessagePortDouble.pair();
  }
}
