/** What is kept of an answer for its receipt. An answer is not refused for the want of one. */
import type { ReceiptHeader } from '../contract/receipt.ts';
import type { Logger } from '../logger/index.ts';
import { receiptHeaderOrNone } from '../models/index.ts';
import type { AnswerTarget } from './answer-prompt.ts';
import type { PlannedPrompt } from './prompt.ts';
import type { ChatStore } from './store.ts';

export class AnswerReceipts {
  readonly #store: ChatStore;
  readonly #workbenchVersion: string;
  readonly #logger: Logger;

  constructor(store: ChatStore, workbenchVersion: string, logger: Logger) {
    this.#store = store;
    this.#workbenchVersion = workbenchVersion;
    this.#logger = logger;
  }

  /** `null` where the model's files cannot be read any more. */
  header(target: AnswerTarget): Promise<ReceiptHeader | null> {
    return receiptHeaderOrNone(target, this.#workbenchVersion, this.#logger);
  }

  keep(messageId: string, { ids, givenTokens }: PlannedPrompt, header: ReceiptHeader | null): void {
    if (header === null) return;
    try {
      this.#store.keepReceipt(messageId, { promptIds: ids, givenTokens, header });
    } catch (error) {
      this.#logger.log('warn', 'An answer has no receipt', { error });
    }
  }
}
