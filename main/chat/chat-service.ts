/**
 * Conversations as every host offers them: trees of messages that are answered, reworded, shown and watched. What is under way is
 * `answers.ts`'s, what goes into a model `answer-prompt.ts`'s, what is stored the store's.
 */
import { randomUUID } from 'node:crypto';
import { EventPublisher } from '@orpc/server';
import {
  conversationOptionsSchema,
  excerptOf,
  type Attachment,
  type ChatEvent,
  type Conversation,
  type ConversationOptions,
  type ConversationSummary,
  type Message,
  type TakeOver,
} from '../contract/chat.ts';
import type { AnswerEnd } from '../contract/chat-answers.ts';
import type { ContextPlan, ContextPolicy } from '../contract/context.ts';
import { WorkbenchError } from '../contract/errors.ts';
import type { Receipt } from '../contract/receipt.ts';
import type { Sampling } from '../contract/sampling.ts';
import type { GeneratedToken } from '../contract/tokens.ts';
import type { Logger } from '../logger/index.ts';
import type { ModelService } from '../models/index.ts';
import { watch } from '../watch/watch.ts';
import { prepareAnswer, samplingOf, type AnswerWish, type PreparedAnswer } from './answer-prompt.ts';
import { AnswerReceipts } from './answer-receipts.ts';
import { Answers } from './answers.ts';
import { ForgottenPrompts } from './forgotten-prompts.ts';
import { written as writtenBeginning } from './given-beginning.ts';
import { answerMessage, newMessage } from './new-message.ts';
import { planPrompt } from './prompt.ts';
import type { ChatStore } from './store.ts';
import { titleFrom } from './title-from.ts';

export interface ChatServiceOptions {
  store: ChatStore;
  models: Pick<ModelService, 'ready' | 'loaded' | 'generating' | 'checkFree' | 'cancel' | 'forget'>;
  defaultSampling: () => Sampling;
  /** What happens to a conversation that outgrows the context; `stop` where it is left out. */
  contextPolicy?: () => ContextPolicy;
  /** For receipts. */
  workbenchVersion: string;
  /** Told of every answer that ended, once it is stored. */
  onAnswerEnd?: (end: AnswerEnd) => void;
  logger: Logger;
}

/** What a person wrote; `parentId` is what it follows, where that is not the end of the branch that is shown. */
export interface WrittenMessage {
  parentId?: string | null | undefined;
  text: string;
  attachments?: readonly Attachment[];
  /** The text that the answer begins with. */
  prefill?: string;
  sampling?: Partial<Sampling>;
}

export interface PlannedMessage extends WrittenMessage {
  /** Of a conversation that has not begun. */
  options?: Partial<ConversationOptions>;
}

export interface AnswerRequest {
  parentId: string;
  takeOver?: TakeOver | null;
  prefill?: string;
  sampling?: Partial<Sampling>;
}

export class ChatService {
  readonly #options: Required<ChatServiceOptions>;
  readonly #store: ChatStore;
  readonly #publisher = new EventPublisher<Record<string, ChatEvent>>({ maxBufferedEvents: Number.POSITIVE_INFINITY });
  readonly #answers: Answers;
  readonly #receipts: AnswerReceipts;
  readonly #forgotten: ForgottenPrompts;

  constructor(options: ChatServiceOptions) {
    const { store, models, workbenchVersion, logger } = options;
    this.#options = { contextPolicy: () => 'stop', onAnswerEnd: () => undefined, ...options };
    this.#store = store;
    const publish = (conversationId: string, event: ChatEvent) => {
      this.#publisher.publish(conversationId, event);
      if (event.type === 'end') this.#announceEnd(event.message);
    };
    const changed = (conversationId: string) => this.#publishConversation(conversationId);
    this.#answers = new Answers({ store, models, publish, changed, logger });
    this.#receipts = new AnswerReceipts(store, workbenchVersion, logger);
    this.#forgotten = new ForgottenPrompts(models, logger);
    this.#purge();
  }

  list(): ConversationSummary[] {
    return this.#store.list();
  }

  create(title: string, options: Partial<ConversationOptions> = {}): Conversation {
    const id = randomUUID();
    this.#store.create({ id, title: title.trim(), createdAt: Date.now() });
    if (Object.keys(options).length > 0) this.#store.configure(id, conversationOptionsSchema.parse(options));
    return this.#store.conversation(id);
  }

  /** With all tokens. */
  get(conversationId: string): Conversation {
    return this.#withRunningAnswer(this.#store.conversation(conversationId));
  }

  /** Of an answer, as far as it has come. */
  tokens(messageId: string): GeneratedToken[] {
    return this.#answers.tokens(messageId) ?? this.#store.tokens(messageId);
  }

  /** The answer that is under way is shown as it is now. */
  #withRunningAnswer(conversation: Conversation): Conversation {
    const answer = this.#answers.snapshot(conversation.id);
    if (answer === null) return conversation;
    const messages = conversation.messages.map((message) => (message.id === answer.id ? answer : message));
    const tree = conversation.tree.map((node) =>
      node.id === answer.id ? { ...node, excerpt: excerptOf(answer.text) } : node,
    );
    return { ...conversation, messages, tree };
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
    await this.#answers.end(conversationId);
    const prompts = this.#forgotten.promptsOf(() => this.#store.prompts(conversationId));
    this.#store.remove(conversationId);
    this.#forgotten.forget(prompts);
  }

  receipt(messageId: string): Receipt | null {
    return this.#store.receipt(messageId);
  }

  configure(conversationId: string, change: Partial<ConversationOptions>): ConversationOptions {
    this.#checkWritable(conversationId);
    const options = conversationOptionsSchema.parse({ ...this.#store.options(conversationId), ...change });
    this.#store.configure(conversationId, options);
    this.#publishConversation(conversationId);
    return options;
  }

  /** The user's message, stored, and the beginning of its answer. */
  async send(
    conversationId: string,
    { parentId, text, attachments = [], prefill = '', sampling = {} }: WrittenMessage,
  ): Promise<{ userMessageId: string; assistantMessageId: string }> {
    this.#checkWritable(conversationId);
    const branch = this.#store.branch(conversationId, parentId);
    const wish = { conversationId, branch, written: { text, attachments }, prefill, takeOver: null, sampling };
    return this.#answering(wish, (prepared) => {
      const { title } = this.#store.summary(conversationId);
      const user: Message = {
        ...newMessage(conversationId, 'user', branch.at(-1)?.id ?? null),
        text,
        attachments: [...attachments],
        ids: prepared.prompt.userIds,
        tokenizer: prepared.target.model.tokenizerHash,
      };
      const answer = answerMessage(conversationId, user.id, prepared);
      this.#store.append(conversationId, [user, answer]);
      const named = text.trim() === '' ? (attachments[0]?.name ?? '') : text;
      if (title === '') this.#store.rename(conversationId, titleFrom(named));
      return { answer, result: { userMessageId: user.id, assistantMessageId: answer.id } };
    });
  }

  /** Another answer to a message that is there. */
  async answer(
    conversationId: string,
    { parentId, takeOver = null, prefill = '', sampling = {} }: AnswerRequest,
  ): Promise<{ assistantMessageId: string }> {
    this.#checkWritable(conversationId);
    const branch = this.#store.branch(conversationId, parentId);
    if (branch.at(-1)?.role === 'assistant') {
      throw new WorkbenchError('INVALID_INPUT', 'An answer answers a question.', {
        action: 'Choose the message that is to be answered.',
      });
    }
    const wish = { conversationId, branch, written: null, prefill, takeOver, sampling };
    return this.#answering(wish, (prepared) => {
      this.#store.summary(conversationId);
      const answer = answerMessage(conversationId, parentId, prepared);
      this.#store.append(conversationId, [answer]);
      return { answer, result: { assistantMessageId: answer.id } };
    });
  }

  edit(conversationId: string, messageId: string, text: string, attachments?: readonly Attachment[]): string {
    this.#checkWritable(conversationId);
    const original = this.#store.message(conversationId, messageId);
    this.#answers.checkFree(conversationId, messageId);
    const files = attachments ?? original.attachments;
    if (text.trim() === '' && files.length === 0) {
      throw new WorkbenchError('INVALID_INPUT', 'A message needs a text.', { action: 'Write something first.' });
    }
    const edited: Message = {
      ...newMessage(conversationId, original.role, original.parentId),
      text,
      attachments: [...files],
      editedFrom: messageId,
    };
    this.#store.append(conversationId, [edited]);
    this.#publishConversation(conversationId);
    return edited.id;
  }

  /** Also in a conversation that is read only, and while an answer is under way: that goes on, seen or not. */
  show(conversationId: string, messageId: string): void {
    this.#store.show(conversationId, messageId);
    this.#publishConversation(conversationId);
  }

  removeMessage(conversationId: string, messageId: string): void {
    this.#checkWritable(conversationId);
    this.#answers.checkFree(conversationId, messageId);
    this.#store.removeMessage(conversationId, messageId);
    this.#publishConversation(conversationId);
  }

  restoreMessage(conversationId: string, messageId: string): void {
    this.#checkWritable(conversationId);
    this.#store.restoreMessage(conversationId, messageId);
    this.#publishConversation(conversationId);
  }

  async plan(conversationId: string | null, message: PlannedMessage): Promise<ContextPlan | null> {
    const { parentId, text, attachments = [], prefill = '', sampling = {} } = message;
    const branch = conversationId === null ? [] : this.#store.branch(conversationId, parentId);
    const options =
      conversationId === null
        ? conversationOptionsSchema.parse(message.options ?? {})
        : this.#store.options(conversationId);
    const target = this.#options.models.loaded();
    if (target === null || (text.trim() === '' && attachments.length === 0)) return null;
    const { maxTokens } = { ...samplingOf(options, this.#options), ...sampling };
    const { mode, systemPrompt } = options;
    const [written, given, policy] = [{ text, attachments }, writtenBeginning(prefill), this.#options.contextPolicy()];
    return (await planPrompt({ target, branch, written, mode, systemPrompt, given, policy, maxTokens })).plan;
  }

  stop(conversationId: string): Promise<void> {
    return this.#answers.stop(conversationId);
  }

  watch(conversationId: string, signal?: AbortSignal): AsyncGenerator<ChatEvent> {
    return watch(this.#publisher, conversationId, () => this.#conversationEvent(conversationId), signal);
  }

  /** Stops every answer, waits until what was generated is stored, and deletes for good what was removed. */
  async close(): Promise<void> {
    await this.#answers.endAll();
    this.#purge();
    await this.#forgotten.done();
    this.#store.close();
  }

  /** From the end of the preparation to the start of the answer nothing waits: what was checked stays true. */
  async #answering<Result>(
    wish: AnswerWish,
    store: (prepared: PreparedAnswer) => { answer: Message; result: Result },
  ): Promise<Result> {
    const { conversationId, branch } = wish;
    return this.#answers.exclusively(conversationId, branch.at(-1)?.id ?? null, async () => {
      const target = await this.#options.models.ready();
      const prepared = await prepareAnswer(this.#store, target, this.#options, wish);
      const header = await this.#receipts.header(target);
      this.#options.models.checkFree(target.model);
      const { answer, result } = store(prepared);
      if (answer.status === 'streaming') {
        this.#receipts.keep(answer.id, prepared.prompt, header);
        this.#answers.begin(answer, prepared);
      }
      this.#publishConversation(conversationId);
      // The token that was chosen for it ends answers.
      if (answer.status === 'complete') this.#publisher.publish(conversationId, { type: 'end', message: answer });
      return result;
    });
  }

  #purge(): void {
    this.#forgotten.forget(this.#forgotten.promptsOf(() => this.#store.removedPrompts()));
    this.#store.purge();
  }

  #checkWritable(conversationId: string): void {
    this.#store.summary(conversationId);
    if (!this.#store.isReadOnly(conversationId)) return;
    throw new WorkbenchError('CONVERSATION_READ_ONLY', 'This conversation was imported and cannot be changed.', {
      action: 'Copy it to go on with it.',
    });
  }

  /** A conversation that was deleted meanwhile has nobody who waits. */
  #announceEnd({ conversationId, id: messageId, status, createdAt: startedAt }: Message): void {
    try {
      const { title } = this.#store.summary(conversationId);
      this.#options.onAnswerEnd({ conversationId, title, messageId, status, startedAt, endedAt: Date.now() });
    } catch (error) {
      this.#options.logger.log('debug', 'The end of an answer was not announced', { conversationId, error });
    }
  }

  #publishConversation(conversationId: string): void {
    this.#publisher.publish(conversationId, this.#conversationEvent(conversationId));
  }

  #conversationEvent(conversationId: string): ChatEvent {
    return { type: 'conversation', conversation: this.#withRunningAnswer(this.#store.outline(conversationId)) };
  }
}
