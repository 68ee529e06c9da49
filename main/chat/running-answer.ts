/**
 * One answer while it is generated: collects tokens, stores them a few times a second, and turns the way it ended
 * (stop token, user, crash) into the message that is kept.
 */
import type { Message } from '../contract/chat.ts';
import type { GenerationEvent } from '../contract/engine.ts';
import { WorkbenchError } from '../contract/errors.ts';
import type { GeneratedToken } from '../contract/tokens.ts';
import type { ChatStore } from './store.ts';

const storeEveryMs = 250;

export class RunningAnswer {
  readonly #store: ChatStore;
  /** Those that were taken over first. */
  readonly #tokens: GeneratedToken[];
  readonly #message: Message;
  #storedCount = 0;
  #storedAt = Date.now();
  #tail = '';
  #end: Extract<GenerationEvent, { type: 'end' }> | null = null;
  #isStopAsked = false;

  /** `message` holds what is given of it: the prefill with its ids. */
  constructor(store: ChatStore, message: Message, taken: readonly GeneratedToken[] = []) {
    this.#store = store;
    this.#message = message;
    this.#tokens = [...taken];
    this.#flush();
  }

  get messageId(): string {
    return this.#message.id;
  }

  /** The user wants its end: an engine that has to be ended for it has done what was asked. */
  stopAsked(): void {
    this.#isStopAsked = true;
  }

  accept(event: GenerationEvent): void {
    if (event.type === 'token') {
      this.#tokens.push(event.token);
      if (Date.now() - this.#storedAt >= storeEveryMs) this.#flush();
    } else if (event.type === 'end') {
      this.#end = event;
      this.#tail = event.tail;
    }
  }

  /** The message as it is now, for someone who looks at it while it grows. */
  snapshot(): Message {
    return {
      ...this.#message,
      text: this.#message.prefill + this.#tokens.map((token) => token.text).join('') + this.#tail,
      ids: [...this.#message.ids, ...this.#tokens.map((token) => token.id)],
      tokens: [...this.#tokens],
    };
  }

  /** Stores the end of the answer; `thrown` is what broke it off, if anything did. */
  finish(thrown?: unknown): Message {
    this.#flush();
    const snapshot = this.snapshot();
    if (thrown !== undefined || this.#end === null) {
      const error = WorkbenchError.from(thrown ?? new Error('The engine ended the answer without saying why.'));
      if (this.#isStopAsked && error.code === 'ENGINE_CRASHED') {
        return this.#save({ ...snapshot, status: 'stopped', finishReason: 'cancelled' });
      }
      const status = this.#tokens.length > this.#message.takenTokens ? 'interrupted' : 'failed';
      return this.#save({ ...snapshot, status, error: error.toReport() });
    }
    const { reason, statistics } = this.#end;
    const status = reason === 'cancelled' ? 'stopped' : 'complete';
    return this.#save({ ...snapshot, status, finishReason: reason, statistics });
  }

  #flush(): void {
    this.#storedAt = Date.now();
    if (this.#storedCount === this.#tokens.length) return;
    this.#store.appendTokens(this.#message.id, this.#storedCount, this.#tokens.slice(this.#storedCount));
    this.#storedCount = this.#tokens.length;
  }

  #save(message: Message): Message {
    this.#store.update(message);
    return message;
  }
}
