/**
 * Conversations and their answers. An answer belongs to the main side, not to the window that asked for it: it goes on
 * when the window is reloaded, and every window that watches sees the same.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { EventPublisher } from '@orpc/server';
import type { ChatEvent, Conversation, ConversationSummary, Message } from '../contract/chat.ts';
import type { ContextPlan, ContextPolicy } from '../contract/context.ts';
import type { LoadedModel } from '../contract/engine.ts';
import { WorkbenchError, type ErrorCode } from '../contract/errors.ts';
import type { Receipt, ReceiptHeader } from '../contract/receipt.ts';
import type { Sampling } from '../contract/sampling.ts';
import type { Logger } from '../logger/index.ts';
import { readOrigin, type EngineClient, type ModelService } from '../models/index.ts';
import { receiptHeader } from '../receipt/index.ts';
import { watch } from '../watch/watch.ts';
import { newMessage } from './new-message.ts';
import { encodePrompt, planPrompt } from './prompt.ts';
import { RunningAnswer } from './running-answer.ts';
import type { ChatStore } from './store.ts';

const titleLength = 60;
/** An engine that is busy forgets when it is done; a workbench that is closed waits so long for it. */
const forgetLimitMs = 5_000;
/** What a call fails with whose engine ended or was replaced meanwhile. */
const engineIsGone: ReadonlySet<ErrorCode> = new Set([
  'ENGINE_CRASHED',
  'ENGINE_UNAVAILABLE',
  'DEVICE_LOST',
  'OUT_OF_MEMORY',
]);

export interface ChatServiceOptions {
  store: ChatStore;
  models: Pick<ModelService, 'ready' | 'loaded' | 'generating' | 'checkFree' | 'cancel' | 'forget'>;
  defaultSampling: () => Sampling;
  /** What happens to a conversation that outgrows the context; `stop` where it is left out. */
  contextPolicy?: () => ContextPolicy;
  /** For receipts. */
  workbenchVersion: string;
  logger: Logger;
}

export class ChatService {
  readonly #options: ChatServiceOptions;
  readonly #store: ChatStore;
  readonly #publisher = new EventPublisher<Record<string, ChatEvent>>({ maxBufferedEvents: Number.POSITIVE_INFINITY });
  readonly #running = new Map<string, { answer: RunningAnswer; engine: EngineClient; done: Promise<void> }>();
  readonly #sending = new Set<string>();
  readonly #forgetting = new Set<Promise<void>>();

  constructor(options: ChatServiceOptions) {
    this.#options = options;
    this.#store = options.store;
  }

  list(search: string): ConversationSummary[] {
    return this.#store.list(search);
  }

  create(title: string): Conversation {
    const id = randomUUID();
    this.#store.create({ id, title: title.trim(), createdAt: Date.now() });
    return this.#store.conversation(id);
  }

  get(conversationId: string): Conversation {
    const conversation = this.#store.conversation(conversationId);
    const answer = this.#running.get(conversationId)?.answer;
    if (answer === undefined) return conversation;
    const messages = conversation.messages.map((message) =>
      message.id === answer.messageId ? answer.snapshot() : message,
    );
    return { ...conversation, messages };
  }

  rename(conversationId: string, title: string): ConversationSummary {
    if (title.trim() === '') {
      throw new WorkbenchError('INVALID_INPUT', 'A conversation needs a title.', { action: 'Write a title.' });
    }
    this.#store.rename(conversationId, title.trim());
    this.#publishConversation(conversationId);
    return this.#store.summary(conversationId);
  }

  async remove(conversationId: string): Promise<void> {
    const running = this.#running.get(conversationId);
    if (running !== undefined) {
      await this.stop(conversationId);
      await running.done;
    }
    const prompts = this.#promptsOf(conversationId);
    this.#store.remove(conversationId);
    this.#forget(prompts);
  }

  receipt(messageId: string): Receipt | null {
    return this.#store.receipt(messageId);
  }

  async send(
    conversationId: string,
    text: string,
    sampling: Partial<Sampling>,
  ): Promise<{ userMessageId: string; assistantMessageId: string }> {
    if (this.#running.has(conversationId) || this.#sending.has(conversationId)) {
      throw new WorkbenchError('CONVERSATION_BUSY', 'This conversation is being answered.', {
        action: 'Wait for the end of the answer or stop it.',
      });
    }
    this.#sending.add(conversationId);
    try {
      return await this.#send(conversationId, text, { ...this.#options.defaultSampling(), ...sampling });
    } finally {
      this.#sending.delete(conversationId);
    }
  }

  async plan(conversationId: string | null, text: string, sampling: Partial<Sampling>): Promise<ContextPlan | null> {
    const target = this.#options.models.loaded();
    if (target === null || text.trim() === '') return null;
    const branch = conversationId === null ? [] : this.#store.branch(conversationId);
    const { maxTokens } = { ...this.#options.defaultSampling(), ...sampling };
    return (await planPrompt({ target, branch, text, policy: this.#contextPolicy(), maxTokens })).plan;
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

  watch(conversationId: string, signal?: AbortSignal): AsyncGenerator<ChatEvent> {
    return watch(this.#publisher, conversationId, () => this.#conversationEvent(conversationId), signal);
  }

  /** Stops every answer and waits until what was generated is stored. */
  async close(): Promise<void> {
    const running = [...this.#running.keys()];
    await Promise.allSettled(running.map((conversationId) => this.stop(conversationId)));
    await Promise.allSettled([...this.#running.values()].map(({ done }) => done));
    await Promise.race([Promise.all(this.#forgetting), wait(forgetLimitMs, undefined, { ref: false })]);
    this.#store.close();
  }

  async #send(conversationId: string, text: string, sampling: Sampling) {
    const branch = this.#store.branch(conversationId);
    const target = await this.#options.models.ready();
    const { maxTokens } = sampling;
    const prompt = await encodePrompt({ target, branch, text, policy: this.#contextPolicy(), maxTokens });
    const header = await this.#receiptHeader(target);
    // From here to the start of the answer nothing waits: what is checked stays true.
    this.#options.models.checkFree(target.model);
    const { title } = this.#store.summary(conversationId);
    const { name: model, tokenizerHash: tokenizer } = target.model;
    const user = newMessage(conversationId, 'user', branch.at(-1)?.id ?? null);
    const assistant = newMessage(conversationId, 'assistant', user.id);
    const { droppedTurns, droppedTokens } = prompt.plan;
    const context = { droppedTurns, droppedTokens };
    const streaming: Message = { ...assistant, status: 'streaming', model, tokenizer, sampling, context };
    this.#store.append(conversationId, [{ ...user, text, tokenizer, ids: prompt.userIds }, streaming]);
    if (header !== null) this.#keepReceipt(assistant.id, prompt.ids, header);
    if (title === '') this.#store.rename(conversationId, titleFrom(text));
    const answer = new RunningAnswer(this.#store, streaming);
    const done = this.#answer(conversationId, answer, target.engine, prompt.ids, sampling);
    this.#running.set(conversationId, { answer, engine: target.engine, done });
    this.#publishConversation(conversationId);
    return { userMessageId: user.id, assistantMessageId: assistant.id };
  }

  /** `null` where the model's files cannot be read any more: an answer is not refused for the want of a receipt. */
  async #receiptHeader({ engine, model }: { engine: EngineClient; model: LoadedModel }): Promise<ReceiptHeader | null> {
    try {
      const [fingerprint, origin] = await Promise.all([engine.fingerprint(), readOrigin(model.folder)]);
      return receiptHeader({ workbenchVersion: this.#options.workbenchVersion, model, fingerprint, origin });
    } catch (error) {
      this.#options.logger.log('warn', 'An answer has no receipt', { error });
      return null;
    }
  }

  #keepReceipt(messageId: string, promptIds: readonly number[], header: ReceiptHeader): void {
    try {
      this.#store.keepReceipt(messageId, promptIds, header);
    } catch (error) {
      this.#options.logger.log('warn', 'An answer has no receipt', { error });
    }
  }

  /** A damaged receipt must not keep a conversation from being deleted. */
  #promptsOf(conversationId: string): number[][] {
    try {
      return this.#store.prompts(conversationId);
    } catch (error) {
      this.#options.logger.log('warn', 'The engine may hold a deleted conversation', { error });
      return [];
    }
  }

  /** What the engine holds of a deleted conversation goes too, as soon as the engine has time; the conversation is gone now. */
  #forget(prompts: number[][]): void {
    const { models, logger } = this.#options;
    const forgetting = models
      .forget(prompts)
      .catch((error: unknown) => logger.log('warn', 'The engine may hold a deleted conversation', { error }))
      .finally(() => this.#forgetting.delete(forgetting));
    this.#forgetting.add(forgetting);
  }

  /** Never rejects: however the answer ends, its message is stored and published. */
  async #answer(
    conversationId: string,
    answer: RunningAnswer,
    engine: EngineClient,
    promptIds: number[],
    sampling: Sampling,
  ): Promise<void> {
    let failure: unknown;
    try {
      const input = { generationId: answer.messageId, promptIds, sampling };
      const generate = async function* () {
        yield* await engine.generate(input);
      };
      for await (const event of this.#options.models.generating(generate)) {
        answer.accept(event);
        const { messageId } = answer;
        if (event.type === 'token')
          this.#publisher.publish(conversationId, { type: 'token', messageId, token: event.token });
        if (event.type === 'prefill') {
          const { progress, remainingMs } = event;
          this.#publisher.publish(conversationId, { type: 'prefill', messageId, progress, remainingMs });
        }
      }
    } catch (thrown) {
      failure = thrown;
      this.#options.logger.log('warn', 'An answer was broken off', { conversationId, error: thrown });
    }
    const message = this.#finish(answer, failure);
    this.#running.delete(conversationId);
    this.#publisher.publish(conversationId, { type: 'end', message });
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

  #contextPolicy(): ContextPolicy {
    return this.#options.contextPolicy?.() ?? 'stop';
  }

  #publishConversation(conversationId: string): void {
    this.#publisher.publish(conversationId, this.#conversationEvent(conversationId));
  }

  #conversationEvent(conversationId: string): ChatEvent {
    return { type: 'conversation', conversation: this.get(conversationId) };
  }
}

/** The first line, cut at a word. */
function titleFrom(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? '';
  if (line.length <= titleLength) return line;
  return `${line.slice(0, titleLength).replace(/\s+\S*$/, '')}…`;
}
