/** What the message that is being written would feed the model, asked for a moment after the last keystroke; an older answer never wins. */
import type { Attachment, ConversationOptions } from '../../main/contract/chat.ts';
import type { ContextPlan } from '../../main/contract/context.ts';
import type { Connection } from '../connection/connection.ts';
import { delay } from '../connection/delay.ts';

const PAUSE_MS = 300;

export interface PreviewRequest {
  /** `null` is a conversation that has not begun. */
  conversationId: string | null;
  text: string;
  attachments: readonly Attachment[];
  /** How the answer begins. */
  prefill: string;
  /** Of a conversation that has not begun; others have their own. */
  options: Partial<ConversationOptions>;
  /** What else the plan depends on, known to the main side. */
  situation: string;
}

export class ContextPreview {
  readonly #connection: Connection;
  #plan = $state.raw<ContextPlan | null>(null);
  #conversationId: string | null = null;
  #asking: AbortController | null = null;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** `null` where nothing is being written, or the engine cannot tell now. */
  get plan(): ContextPlan | null {
    return this.#plan;
  }

  /** `null` forgets; until the next answer comes, the last one about the same conversation stays. */
  ask(request: PreviewRequest | null): void {
    this.#asking?.abort();
    this.#asking = null;
    if (request === null || request.conversationId !== this.#conversationId) this.#plan = null;
    if (request === null) return;
    this.#conversationId = request.conversationId;
    const asking = new AbortController();
    this.#asking = asking;
    void this.#ask(request, asking.signal);
  }

  async #ask({ situation: _, attachments, ...message }: PreviewRequest, signal: AbortSignal): Promise<void> {
    await delay(PAUSE_MS, signal);
    if (signal.aborted) return;
    let plan: ContextPlan | null;
    try {
      plan = await this.#connection.client.chat.plan({ ...message, attachments: [...attachments] }, { signal });
    } catch {
      // What is wrong is said when it is sent.
      plan = null;
    }
    if (!signal.aborted) this.#plan = plan;
  }
}
