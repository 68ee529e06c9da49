/** Tells every window that an answer has ended, whichever conversation it looks at. */
import { EventPublisher } from '@orpc/server';
import type { AnswerEnd } from '../contract/chat-answers.ts';

export class AnswerEnds {
  readonly #publisher = new EventPublisher<{ end: AnswerEnd }>();

  publish(end: AnswerEnd): void {
    this.#publisher.publish('end', end);
  }

  watch(signal?: AbortSignal): AsyncGenerator<AnswerEnd> {
    return this.#publisher.subscribe('end', signal === undefined ? {} : { signal });
  }
}
