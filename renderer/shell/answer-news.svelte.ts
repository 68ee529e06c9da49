/**
 * Long answers that ended while nobody looked at the window: counted in its title, and told by a notification where that was asked for
 * and is allowed. Neither holds anything of an answer's text.
 */
import type { AnswerEnd } from '../../main/contract/chat-answers.ts';
import type { Connection } from '../connection/connection.ts';
import { follow } from '../connection/follow.ts';

/** A shorter answer is waited for. */
export const LONG_ANSWER_MS = 10_000;

/** What a page knows of being looked at, and how it notifies; `window` and `document` but for tests. */
export interface Attention {
  isLookedAt: () => boolean;
  /** Called when someone looks at the window again. */
  onLook: (listener: () => void) => void;
  /** `false` where it is not allowed to notify. */
  notify: (end: AnswerEnd, onclick: () => void) => boolean;
}

export interface AnswerNewsOptions {
  attention: Attention;
  isWanted: () => boolean;
  open: (conversationId: string) => void;
}

export class AnswerNews {
  readonly #connection: Connection;
  readonly #options: AnswerNewsOptions;
  #unseen = $state.raw<readonly string[]>([]);

  constructor(connection: Connection, options: AnswerNewsOptions) {
    this.#connection = connection;
    this.#options = options;
    options.attention.onLook(() => (this.#unseen = []));
  }

  /** Conversations in which a long answer ended since the window was last looked at. */
  get unseenCount(): number {
    return this.#unseen.length;
  }

  async run(signal: AbortSignal): Promise<void> {
    const { chat } = this.#connection.client;
    await follow(
      this.#connection,
      (streamSignal) => chat.answers(undefined, { signal: streamSignal }),
      (end) => this.#ended(end),
      signal,
    );
  }

  #ended(end: AnswerEnd): void {
    const { attention, isWanted, open } = this.#options;
    // Whoever stopped it was there.
    if (end.status === 'stopped' || end.endedAt - end.startedAt < LONG_ANSWER_MS || attention.isLookedAt()) return;
    const { conversationId } = end;
    this.#unseen = [...this.#unseen.filter((other) => other !== conversationId), conversationId];
    if (isWanted()) attention.notify(end, () => open(conversationId));
  }
}
