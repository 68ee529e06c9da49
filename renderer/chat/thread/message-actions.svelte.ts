/**
 * What can be done to a message of the open conversation. Each makes something new beside what there is, or shows something else, or
 * takes a message out of sight until it is brought back: nothing is lost. The watch of the thread reports what became of it.
 */
import type { Attachment, Message, TakeOver } from '../../../main/contract/chat.ts';
import type { ErrorReport } from '../../../main/contract/errors.ts';
import type { Connection } from '../../connection/connection.ts';
import { toErrorReport } from '../../rpc.ts';

export interface MessageActionsOptions {
  conversationId: () => string | null;
  /** Called once for each message that went out of sight. */
  removed: (message: Message) => void;
}

export class MessageActions {
  readonly #connection: Connection;
  readonly #options: MessageActionsOptions;
  #editing = $state<string | null>(null);
  #pending = $state(false);
  #error = $state.raw<ErrorReport | null>(null);

  constructor(connection: Connection, options: MessageActionsOptions) {
    this.#connection = connection;
    this.#options = options;
  }

  /** The message whose text is being edited in its place. */
  get editing(): string | null {
    return this.#editing;
  }

  /** Whether something was asked for and has not come about yet. */
  get pending(): boolean {
    return this.#pending;
  }

  /** Why the last thing that was asked for was not done. */
  get error(): ErrorReport | null {
    return this.#error;
  }

  dismissError(): void {
    this.#error = null;
  }

  beginEdit(messageId: string): void {
    this.#editing = messageId;
  }

  endEdit(): void {
    this.#editing = null;
  }

  /** Another wording beside the message; returns its id, `null` where it could not be made. */
  async edit(message: Message, text: string, attachments?: readonly Attachment[]): Promise<string | null> {
    const id = await this.#do(async (conversationId) => {
      const files = attachments === undefined ? {} : { attachments: [...attachments] };
      const input = { conversationId, messageId: message.id, text, ...files };
      return (await this.#connection.client.chat.edit(input)).messageId;
    });
    if (id !== null) this.endEdit();
    return id;
  }

  /** An edited question is stored first: where it cannot be answered, it is there to be answered again. */
  async editAndSend(message: Message, text: string, attachments?: readonly Attachment[]): Promise<void> {
    const id = await this.edit(message, text, attachments);
    if (id !== null) await this.#answer(id, null);
  }

  /** Another answer to a question. */
  async answerAgain(question: Message): Promise<void> {
    await this.#answer(question.id, null);
  }

  async regenerate(answer: Message): Promise<void> {
    if (answer.parentId !== null) await this.#answer(answer.parentId, null);
  }

  /** An answer that goes on where this one ended. One that a person wrote has no tokens of its own: it is given as text. */
  async goOn(answer: Message): Promise<void> {
    if (answer.parentId === null) return;
    if (answer.tokenCount === 0) await this.#answer(answer.parentId, null, answer.text);
    else await this.branch(answer, answer.tokenCount, null);
  }

  /** An answer with the first `position` tokens of this one, then the alternative if one is given. */
  async branch(answer: Message, position: number, alternativeId: number | null): Promise<void> {
    if (answer.parentId === null) return;
    await this.#answer(answer.parentId, { messageId: answer.id, tokens: position, alternativeId });
  }

  async show(messageId: string): Promise<void> {
    await this.#do((conversationId) => this.#connection.client.chat.show({ conversationId, messageId }));
  }

  async remove(message: Message): Promise<void> {
    const isRemoved = await this.#do(async (conversationId) => {
      await this.#connection.client.chat.removeMessage({ conversationId, messageId: message.id });
      return true;
    });
    if (isRemoved) this.#options.removed(message);
  }

  /** Also after another conversation was opened. */
  async restore({ conversationId, id: messageId }: Message): Promise<void> {
    await this.#do(() => this.#connection.client.chat.restoreMessage({ conversationId, messageId }));
  }

  async #answer(parentId: string, takeOver: TakeOver | null, prefill = ''): Promise<void> {
    await this.#do((conversationId) =>
      this.#connection.client.chat.answer({ conversationId, parentId, takeOver, prefill }),
    );
  }

  /** One at a time: a second key press while the first is under way asks for nothing. */
  async #do<Result>(call: (conversationId: string) => Promise<Result>): Promise<Result | null> {
    const conversationId = this.#options.conversationId();
    if (conversationId === null || this.#pending) return null;
    this.#pending = true;
    this.#error = null;
    try {
      return await call(conversationId);
    } catch (thrown) {
      this.#error = toErrorReport(thrown);
      return null;
    } finally {
      this.#pending = false;
    }
  }
}
