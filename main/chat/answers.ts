/**
 * The answers that are under way, at most one in a conversation. An answer belongs to the main side, not to the window that asked for
 * it: it goes on when the window is reloaded, and however it ends its message is stored and published.
 */
import type { ChatEvent, Message } from '../contract/chat.ts';
import { WorkbenchError, type ErrorCode } from '../contract/errors.ts';
import type { GeneratedToken } from '../contract/tokens.ts';
import type { Logger } from '../logger/index.ts';
import type { EngineClient, ModelService } from '../models/index.ts';
import type { PreparedAnswer } from './answer-prompt.ts';
import { RunningAnswer } from './running-answer.ts';
import type { ChatStore } from './store.ts';

/** What a call fails with whose engine ended or was replaced meanwhile. */
const engineIsGone: ReadonlySet<ErrorCode> = new Set([
  'ENGINE_CRASHED',
  'ENGINE_UNAVAILABLE',
  'DEVICE_LOST',
  'OUT_OF_MEMORY',
]);

export interface AnswersOptions {
  store: ChatStore;
  models: Pick<ModelService, 'generating' | 'cancel'>;
  publish: (conversationId: string, event: ChatEvent) => void;
  /** What is given of the answer reads otherwise than it did. */
  changed: (conversationId: string) => void;
  logger: Logger;
}

interface Running {
  answer: RunningAnswer;
  engine: EngineClient;
  done: Promise<void>;
}

export class Answers {
  readonly #options: AnswersOptions;
  readonly #running = new Map<string, Running>();
  /** Conversations in which an answer is being prepared, with the end of the branch that it follows. */
  readonly #preparing = new Map<string, string | null>();

  constructor(options: AnswersOptions) {
    this.#options = options;
  }

  /** The answer as it is now, if one is under way. */
  snapshot(conversationId: string): Message | null {
    return this.#running.get(conversationId)?.answer.snapshot() ?? null;
  }

  /** Those of the answer so far; `null` where it is not under way. */
  tokens(messageId: string): GeneratedToken[] | null {
    const running = [...this.#running.values()].find(({ answer }) => answer.messageId === messageId);
    return running?.answer.snapshot().tokens ?? null;
  }

  /** One change that leads to an answer at a time, and none beside an answer. @throws WorkbenchError `CONVERSATION_BUSY` */
  async exclusively<Result>(
    conversationId: string,
    leafId: string | null,
    prepare: () => Promise<Result>,
  ): Promise<Result> {
    if (this.#running.has(conversationId) || this.#preparing.has(conversationId)) throw isBusy();
    this.#preparing.set(conversationId, leafId);
    try {
      return await prepare();
    } finally {
      this.#preparing.delete(conversationId);
    }
  }

  /** @throws WorkbenchError `CONVERSATION_BUSY` where the message is of the branch that is being answered */
  checkFree(conversationId: string, messageId: string): void {
    const leafId = this.#running.get(conversationId)?.answer.messageId ?? this.#preparing.get(conversationId);
    if (leafId === undefined || leafId === null) return;
    if (this.#options.store.isOnBranch(messageId, leafId)) throw isBusy();
  }

  /** `message` is stored. */
  begin(message: Message, { target, prompt, sampling }: PreparedAnswer): void {
    const answer = new RunningAnswer(this.#options.store, message);
    const input = {
      generationId: message.id,
      promptIds: prompt.ids,
      givenTokens: prompt.givenTokens,
      continuesText: message.mode === 'text',
      sampling,
    };
    const done = this.#run(message.conversationId, answer, () => target.engine.generate(input));
    this.#running.set(message.conversationId, { answer, engine: target.engine, done });
  }

  async stop(conversationId: string): Promise<void> {
    const running = this.#running.get(conversationId);
    if (running === undefined) return;
    running.answer.stopAsked();
    try {
      await this.#options.models.cancel(running.engine, running.answer.messageId);
    } catch (error) {
      // An engine that is gone has ended the answer too.
      if (!engineIsGone.has(WorkbenchError.from(error).code)) throw error;
    }
  }

  /** As `stop`, and waits until what was generated is stored. */
  async end(conversationId: string): Promise<void> {
    const running = this.#running.get(conversationId);
    if (running === undefined) return;
    await this.stop(conversationId);
    await running.done;
  }

  async endAll(): Promise<void> {
    const running = [...this.#running.keys()];
    await Promise.allSettled(running.map((conversationId) => this.stop(conversationId)));
    await Promise.allSettled([...this.#running.values()].map(({ done }) => done));
  }

  /** Never rejects. */
  async #run(
    conversationId: string,
    answer: RunningAnswer,
    generate: () => ReturnType<EngineClient['generate']>,
  ): Promise<void> {
    const { models, publish, changed, logger } = this.#options;
    let failure: unknown;
    try {
      const events = async function* () {
        yield* await generate();
      };
      const { messageId } = answer;
      for await (const event of models.generating(events)) {
        answer.accept(event);
        if (event.type === 'given') changed(conversationId);
        if (event.type === 'token') publish(conversationId, { type: 'token', messageId, token: event.token });
        if (event.type === 'prefill') {
          const { progress, remainingMs } = event;
          publish(conversationId, { type: 'prefill', messageId, progress, remainingMs });
        }
      }
    } catch (thrown) {
      failure = thrown;
      logger.log('warn', 'An answer was broken off', { conversationId, error: thrown });
    }
    const message = this.#finish(answer, failure);
    this.#running.delete(conversationId);
    publish(conversationId, { type: 'end', message });
  }

  /** A full disk must not hide the answer: it is shown, with the reason why it is not stored. */
  #finish(answer: RunningAnswer, failure: unknown): Message {
    try {
      return answer.finish(failure);
    } catch (thrown) {
      this.#options.logger.log('error', 'An answer could not be stored', { error: thrown });
      const error = new WorkbenchError('STORE_UNREADABLE', `The answer could not be stored: ${String(thrown)}`, {
        action: 'Free disk space, copy the answer from the window, then send again.',
        cause: thrown,
      });
      return { ...answer.snapshot(), status: 'interrupted', error: error.toReport() };
    }
  }
}

function isBusy(): WorkbenchError {
  return new WorkbenchError('CONVERSATION_BUSY', 'This conversation is being answered.', {
    action: 'Wait for the end of the answer or stop it.',
  });
}
