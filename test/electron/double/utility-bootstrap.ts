/** First file of a doubled utility process: gives it `process.parentPort`, takes away Node's own channel, runs the module. */
import { EventEmitter } from 'node:events';
import { pathToFileURL } from 'node:url';
import type { ParentPort } from 'electron';

const send = process.send?.bind(process);
const [, , modulePath] = process.argv;
if (send === undefined || modulePath === undefined) throw new Error('This file is started by utility-process.ts.');

/** Messages wait for the first listener, as in Electron. */
class ParentPortDouble extends EventEmitter implements Pick<ParentPort, 'postMessage'> {
  readonly #post: (message: unknown) => void;

  constructor(post: (message: unknown) => void) {
    super();
    this.#post = post;
    const waiting: unknown[] = [];
    const deliver = () => {
      if (this.listenerCount('message') === 0) return;
      for (const data of waiting.splice(0)) this.emit('message', { data, ports: [] });
    };
    process.on('message', (data) => {
      waiting.push(data);
      deliver();
    });
    this.on('newListener', (event) => {
      if (event === 'message') setImmediate(deliver);
    });
  }

  postMessage(message: unknown): void {
    this.#post(message);
  }
}

Object.defineProperty(process, 'parentPort', { value: new ParentPortDouble((message) => send(message as never)) });
Object.defineProperty(process, 'send', { value: undefined });
process.once('disconnect', () => process.exit(0));
await import(pathToFileURL(modulePath).href);
