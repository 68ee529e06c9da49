/**
 * One answer while it is generated: every token is stored before anyone is told of it, and the way the answer ended (stop token, user,
 * crash) becomes the message that is kept. A write costs a fraction of a millisecond (docs/performance.md), a lost token a reader's trust.
 */
import type { Message } from '../contract/chat.ts';
import type { GenerationEvent } from '../contract/engine.ts';
import { WorkbenchError } from '../contract/errors.ts';
import type { GeneratedToken } from '../contract/tokens.ts';
import type { ChatStore } from './store.ts';

export class RunningAnswer {
  readonly #store: Pick<ChatStore, 'putTokens' | 'update'>;
  /** What is given of it: the prefill with its ids. */
  #message: Message;
  /** Those that were taken over first. */
  readonly #tokens: GeneratedToken[];
  #tail = '';
  #end: Extract<GenerationEvent, { type: 'end' }> | null = null;
  #isStopAsked = false;

  /** `message` is stored, with the ids of its prefill and the tokens that it takes over. */
  constructor(store: Pick<ChatStore, 'putTokens' | 'update'>, message: Message) {
    this.#store = store;
    this.#message = { ...message, tokens: [] };
    this.#tokens = [...message.tokens];
  }

  get messageId(): string {
    return this.#message.id;
  }

  /** The user wants its end: an engine that has to be ended for it has done what was asked. */
  stopAsked(): void {
    this.#isStopAsked = true;
  }

  accept(event: GenerationEvent): void {
    switch (event.type) {
      case 'given':
        this.#given(event.texts);
        break;
      case 'token':
        this.#store.putTokens(this.#message.id, this.#tokens.length, [event.token]);
        this.#tokens.push(event.token);
        break;
      case 'end':
        this.#end = event;
        this.#tail = event.tail;
        break;
      case 'prefill':
        break;
    }
  }

  /** The message as it is now, for someone who looks at it while it grows. */
  snapshot(): Message {
    return {
      ...this.#message,
      text: this.#message.prefill + this.#tokens.map((token) => token.text).join('') + this.#tail,
      ids: [...this.#message.ids, ...this.#tokens.map((token) => token.id)],
      tokens: [...this.#tokens],
      tokenCount: this.#tokens.length,
    };
  }

  /** Stores the end of the answer; `thrown` is what broke it off, if anything did. */
  finish(thrown?: unknown): Message {
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

  /** What the given ids say here: a tokenizer may alter what was written, and a token that was taken over may stand at another place. */
  #given(texts: readonly string[]): void {
    const border = this.#message.ids.length;
    const prefill = texts.slice(0, border).join('');
    if (prefill !== this.#message.prefill) {
      this.#message = { ...this.#message, prefill };
      this.#store.update(this.#message);
    }
    for (const [position, token] of this.#tokens.entries()) {
      const text = texts[border + position] ?? '';
      if (text === token.text) continue;
      this.#tokens[position] = { ...token, text };
      this.#store.putTokens(this.#message.id, position, [{ ...token, text }]);
    }
  }

  #save(message: Message): Message {
    this.#store.update(message);
    return message;
  }
}
