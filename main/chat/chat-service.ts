/**
 * Conversations and their answers. An answer belongs to the main side, not to the window that asked for it: it goes on
 * when the window is reloaded, and every window that watches sees the same.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { EventPublisher } from '@orpc/server';
import {
  conversationOptionsSchema,
  type Attachment,
  type ChatEvent,
  type Conversation,
  type ConversationOptions,
  type ConversationSummary,
  type Message,
  type TakeOver,
} from '../contract/chat.ts';
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
import { prefillIds, takenOver, type GivenBeginning } from './given-beginning.ts';
import { encodePrompt, planPrompt, type PlannedPrompt } from './prompt.ts';
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

interface Preparation {
  branch: readonly Message[];
  written: { text: string; attachments: readonly Attachment[] } | null;
  prefill: string;
  sampling: Partial<Sampling>;
  takeOver: TakeOver | null;
}

interface BegunAnswer {
  target: { engine: EngineClient; model: LoadedModel };
  prompt: PlannedPrompt;
  header: ReceiptHeader | null;
  sampling: Sampling;
  given: GivenBeginning;
  systemPrompt: string;
  tokenizer: string;
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

  list(): ConversationSummary[] {
    return this.#store.list();
  }

  create(title: string, options: Partial<ConversationOptions> = {}): Conversation {
    const id = randomUUID();
    this.#store.create({ id, title: title.trim(), createdAt: Date.now() });
    if (Object.keys(options).length > 0) this.#store.configure(id, conversationOptionsSchema.parse(options));
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
    return this.#exclusively(conversationId, async () => {
      const branch = this.#store.branch(conversationId, parentId);
      const written = { text, attachments };
      const begun = await this.#prepare(conversationId, { branch, written, prefill, sampling, takeOver: null });
      const user = newMessage(conversationId, 'user', branch.at(-1)?.id ?? null);
      const { userIds: ids } = begun.prompt;
      const stored: Message = { ...user, text, attachments: [...attachments], ids, tokenizer: begun.tokenizer };
      const { title } = this.#store.summary(conversationId);
      const assistantMessageId = this.#begin(conversationId, [stored], begun, user.id);
      if (title === '')
        this.#store.rename(conversationId, titleFrom(text === '' ? (attachments[0]?.name ?? '') : text));
      this.#publishConversation(conversationId);
      return { userMessageId: user.id, assistantMessageId };
    });
  }

  /** Another answer to a message that is there. */
  async answer(
    conversationId: string,
    { parentId, takeOver = null, prefill = '', sampling = {} }: AnswerRequest,
  ): Promise<{ assistantMessageId: string }> {
    return this.#exclusively(conversationId, async () => {
      const branch = this.#store.branch(conversationId, parentId);
      if (branch.at(-1)?.role === 'assistant') {
        throw new WorkbenchError('INVALID_INPUT', 'An answer answers a question.', {
          action: 'Choose the message that is to be answered.',
        });
      }
      const begun = await this.#prepare(conversationId, { branch, written: null, prefill, sampling, takeOver });
      const assistantMessageId = this.#begin(conversationId, [], begun, parentId);
      this.#publishConversation(conversationId);
      return { assistantMessageId };
    });
  }

  edit(conversationId: string, messageId: string, text: string, attachments?: readonly Attachment[]): string {
    this.#checkChangeable(conversationId);
    const original = this.#store.message(conversationId, messageId);
    if (text.trim() === '' && (attachments ?? original.attachments).length === 0) {
      throw new WorkbenchError('INVALID_INPUT', 'A message needs a text.', { action: 'Write something first.' });
    }
    const edited: Message = {
      ...newMessage(conversationId, original.role, original.parentId),
      text,
      attachments: [...(attachments ?? original.attachments)],
      editedFrom: messageId,
    };
    this.#store.append(conversationId, [edited]);
    this.#publishConversation(conversationId);
    return edited.id;
  }

  show(conversationId: string, messageId: string): void {
    this.#store.show(conversationId, messageId);
    this.#publishConversation(conversationId);
  }

  removeMessage(conversationId: string, messageId: string): void {
    this.#checkChangeable(conversationId);
    this.#store.removeMessage(conversationId, messageId);
    this.#publishConversation(conversationId);
  }

  restoreMessage(conversationId: string, messageId: string): void {
    this.#checkChangeable(conversationId);
    this.#store.restoreMessage(conversationId, messageId);
    this.#publishConversation(conversationId);
  }

  async plan(conversationId: string | null, message: PlannedMessage): Promise<ContextPlan | null> {
    const { parentId, text, attachments = [], prefill = '', options = {}, sampling = {} } = message;
    const target = this.#options.models.loaded();
    if (target === null || (text.trim() === '' && attachments.length === 0)) return null;
    const branch = conversationId === null ? [] : this.#store.branch(conversationId, parentId);
    const own =
      conversationId === null ? conversationOptionsSchema.parse(options) : this.#store.options(conversationId);
    const { maxTokens } = this.#sampling(own, sampling);
    const givenIds = await prefillIds(target.engine, prefill);
    const [policy, { systemPrompt }, written] = [this.#contextPolicy(), own, { text, attachments }];
    return (await planPrompt({ target, branch, written, systemPrompt, givenIds, policy, maxTokens })).plan;
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

  /** One change that leads to an answer at a time, and none beside an answer. */
  async #exclusively<Result>(conversationId: string, body: () => Promise<Result>): Promise<Result> {
    this.#checkChangeable(conversationId);
    this.#sending.add(conversationId);
    try {
      return await body();
    } finally {
      this.#sending.delete(conversationId);
    }
  }

  #checkChangeable(conversationId: string): void {
    this.#checkWritable(conversationId);
    if (!this.#running.has(conversationId) && !this.#sending.has(conversationId)) return;
    throw new WorkbenchError('CONVERSATION_BUSY', 'This conversation is being answered.', {
      action: 'Wait for the end of the answer or stop it.',
    });
  }

  #checkWritable(conversationId: string): void {
    this.#store.summary(conversationId);
    if (!this.#store.isReadOnly(conversationId)) return;
    throw new WorkbenchError('CONVERSATION_READ_ONLY', 'This conversation was imported and cannot be changed.', {
      action: 'Copy it to go on with it.',
    });
  }

  #sampling(options: ConversationOptions, change: Partial<Sampling>): Sampling {
    const own = Object.fromEntries(Object.entries(options.sampling).filter(([, value]) => value !== undefined));
    return { ...this.#options.defaultSampling(), ...own, ...change };
  }

  /** Everything that can fail, before anything is stored; from its end to the start of the answer nothing waits. */
  async #prepare(
    conversationId: string,
    { branch, written, prefill, sampling: change, takeOver }: Preparation,
  ): Promise<BegunAnswer> {
    const target = await this.#options.models.ready();
    const options = this.#store.options(conversationId);
    const sampling = this.#sampling(options, change);
    const { systemPrompt } = options;
    const parentId = branch.at(-1)?.id ?? null;
    const taken =
      takeOver === null ? null : takenOver(this.#store.message(conversationId, takeOver.messageId), takeOver);
    if (taken !== null && taken.parentId !== parentId) {
      throw new WorkbenchError('INVALID_INPUT', 'The beginning of an answer can only be taken over by its siblings.', {
        action: 'Choose an answer to the same message.',
      });
    }
    const given = taken ?? {
      prefill,
      prefillIds: await prefillIds(target.engine, prefill),
      tokens: [],
      messageId: null,
    };
    const givenIds = [...given.prefillIds, ...given.tokens.map(({ id }) => id)];
    const { maxTokens } = sampling;
    const policy = this.#contextPolicy();
    const prompt = await encodePrompt({ target, branch, written, systemPrompt, givenIds, policy, maxTokens });
    const header = await this.#receiptHeader(target);
    this.#options.models.checkFree(target.model);
    const tokenizer = target.model.tokenizerHash;
    return { target, prompt, header, sampling, given, systemPrompt, tokenizer };
  }

  #begin(conversationId: string, before: readonly Message[], begun: BegunAnswer, parentId: string): string {
    const { target, prompt, header, sampling, given, systemPrompt, tokenizer } = begun;
    const { droppedTurns, droppedTokens } = prompt.plan;
    const streaming: Message = {
      ...newMessage(conversationId, 'assistant', parentId),
      status: 'streaming',
      model: target.model.name,
      tokenizer,
      sampling,
      systemPrompt,
      text: given.prefill,
      prefill: given.prefill,
      ids: given.prefillIds,
      takenTokens: given.tokens.length,
      editedFrom: given.messageId,
      context: { droppedTurns, droppedTokens },
    };
    this.#store.append(conversationId, [...before, streaming]);
    if (header !== null) this.#keepReceipt(streaming.id, prompt.ids, header);
    const answer = new RunningAnswer(this.#store, streaming, given.tokens);
    const done = this.#answer(conversationId, answer, target.engine, prompt.ids, sampling);
    this.#running.set(conversationId, { answer, engine: target.engine, done });
    return streaming.id;
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
