/**
 * The conversation that is open: its messages, the answer that grows, and sending and stopping. The main side owns the
 * conversation; this is what its watch reported last, with tokens added once a frame.
 */
import type { Attachment, ChatEvent, Conversation, ConversationOptions, Message } from '../../main/contract/chat.ts';
import type { ErrorReport } from '../../main/contract/errors.ts';
import type { Progress } from '../../main/contract/progress.ts';
import type { GeneratedToken } from '../../main/contract/tokens.ts';
import type { Connection } from '../connection/connection.ts';
import { follow } from '../connection/follow.ts';
import { toErrorReport } from '../rpc.ts';
import { addTokens, replaceMessage } from './conversation-changes.ts';
import { FrameBuffer } from './frame-buffer.ts';

/** What is sent: the text, its files, and how the answer begins. */
export interface Written {
  text: string;
  attachments?: readonly Attachment[];
  prefill?: string;
}

export interface ThreadEvents {
  /** What a new conversation is created with. */
  newOptions: () => ConversationOptions;
  /** Whatever the answer depends on has to be stored first. */
  beforeSend: () => Promise<void>;
  /** A first message was stored in a new conversation. */
  created: (conversationId: string) => void;
  /** Title, order or number of messages may have changed. */
  changed: () => void;
  /** An answer has come to its end, with all its tokens. */
  answered: (message: Message) => void;
}

export class Thread {
  readonly #connection: Connection;
  readonly #events: ThreadEvents;
  readonly #tokens = new FrameBuffer<{ messageId: string; token: GeneratedToken }>((batch) => {
    if (this.#conversation !== null) this.#conversation = addTokens(this.#conversation, batch);
  });
  #id = $state<string | null>(null);
  #conversation = $state.raw<Conversation | null>(null);
  #prefill = $state.raw<Extract<ChatEvent, { type: 'prefill' }> | null>(null);
  #error = $state.raw<ErrorReport | null>(null);
  #sendError = $state.raw<ErrorReport | null>(null);
  #sending = $state(false);
  #target = $state<string | null>(null);
  #watching: AbortController | null = null;

  /** Begins to edit the last message of the user's; set by whoever shows the messages. */
  editLast: (() => void) | null = null;

  readonly streaming: Message | null = $derived(
    this.#conversation?.messages.findLast(({ status }) => status === 'streaming') ?? null,
  );

  constructor(connection: Connection, events: ThreadEvents) {
    this.#connection = connection;
    this.#events = events;
  }

  /** `null` is a conversation that has not begun. */
  get id(): string | null {
    return this.#id;
  }

  get conversation(): Conversation | null {
    return this.#conversation;
  }

  /** How far the prompt of the streaming answer has been read. */
  get prefill(): Progress | null {
    return this.#prefill?.messageId === this.streaming?.id ? (this.#prefill?.progress ?? null) : null;
  }

  /** How long reading the rest will take; `null` where it cannot be told. */
  get prefillRemainingMs(): number | null {
    return this.prefill === null ? null : (this.#prefill?.remainingMs ?? null);
  }

  /** Why the conversation cannot be shown. */
  get error(): ErrorReport | null {
    return this.#error;
  }

  /** Why the last message was not sent; nothing of it was stored. */
  get sendError(): ErrorReport | null {
    return this.#sendError;
  }

  get sending(): boolean {
    return this.#sending;
  }

  /** The message to bring into view: somebody looked for it. */
  get target(): string | null {
    return this.#target;
  }

  /** Brings a message of this conversation into view. */
  aimAt(messageId: string): void {
    this.#target = messageId;
  }

  /** It was brought into view. */
  targetReached(): void {
    this.#target = null;
  }

  open(id: string | null, messageId: string | null = null): void {
    this.#target = messageId;
    if (id === this.#id && this.#error === null) return;
    this.#watching?.abort();
    this.#tokens.clear();
    this.#id = id;
    this.#conversation = null;
    this.#prefill = null;
    this.#error = null;
    this.#sendError = null;
    if (id !== null) void this.#watch(id);
  }

  /** Returns whether the message was stored. */
  async send({ text, attachments = [], prefill = '' }: Written): Promise<boolean> {
    if (this.#sending) return false;
    this.#sending = true;
    this.#sendError = null;
    const { chat } = this.#connection.client;
    const startedIn = this.#id;
    try {
      await this.#events.beforeSend();
      const conversationId = startedIn ?? (await chat.create({ options: this.#events.newOptions() })).id;
      try {
        await chat.send({ conversationId, text, attachments: [...attachments], prefill });
      } catch (thrown) {
        if (startedIn === null) await chat.remove({ conversationId });
        throw thrown;
      }
      if (startedIn === null && this.#id === null) {
        this.open(conversationId);
        this.#events.created(conversationId);
      }
      this.#events.changed();
      return true;
    } catch (thrown) {
      if (this.#id === startedIn) this.#sendError = toErrorReport(thrown);
      return false;
    } finally {
      this.#sending = false;
    }
  }

  async stop(): Promise<void> {
    const conversationId = this.#id;
    if (conversationId === null) return;
    try {
      await this.#connection.client.chat.stop({ conversationId });
    } catch (thrown) {
      if (this.#id === conversationId) this.#sendError = toErrorReport(thrown);
    }
  }

  dismissSendError(): void {
    this.#sendError = null;
  }

  async #watch(conversationId: string): Promise<void> {
    const watching = new AbortController();
    this.#watching = watching;
    try {
      await follow(
        this.#connection,
        (signal) => this.#connection.client.chat.watch({ conversationId }, { signal }),
        (event) => this.#receive(event),
        watching.signal,
      );
    } catch (thrown) {
      if (this.#watching === watching) this.#error = toErrorReport(thrown);
    }
  }

  #receive(event: ChatEvent): void {
    if (event.type === 'token') return this.#tokens.push(event);
    if (event.type === 'prefill') {
      this.#prefill = event;
      return;
    }
    this.#tokens.clear();
    if (event.type === 'end') this.#events.answered(event.message);
    if (event.type === 'conversation') this.#conversation = event.conversation;
    else if (this.#conversation !== null) this.#conversation = replaceMessage(this.#conversation, event.message);
    this.#events.changed();
  }
}
