/** What it takes to compute answers again, kept from the moment that they begin. */
import type { DatabaseSync } from 'node:sqlite';
import type { Receipt, ReceiptHeader } from '../contract/receipt.ts';
import { idsFromBlob, idsToBlob } from './message-row.ts';
import { receiptFromRow } from './receipt-row.ts';

export interface KeptReceipt {
  promptIds: readonly number[];
  /** How many of the last `promptIds` the answer begins with. */
  givenTokens: number;
  header: ReceiptHeader;
}

export class ReceiptRows {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  keep(messageId: string, { promptIds, givenTokens, header }: KeptReceipt): void {
    this.#database
      .prepare('INSERT INTO receipt (message_id, prompt_ids, given_tokens, header) VALUES (?, ?, ?, ?)')
      .run(messageId, idsToBlob(promptIds), givenTokens, JSON.stringify(header));
  }

  /** `null` for an answer of which nothing was kept, or that has not come to an end of its own. */
  of(messageId: string): Receipt | null {
    const row = this.#database
      .prepare('SELECT * FROM receipt JOIN message ON message.id = message_id WHERE message_id = ?')
      .get(messageId);
    return row === undefined ? null : receiptFromRow(row);
  }

  /** What the model was fed for each answer of a conversation, as far as it was kept. */
  prompts(conversationId: string): number[][] {
    return this.#promptsWhere('conversation_id = ?', conversationId);
  }

  /** The same for the answers that were removed, of all conversations. */
  removedPrompts(): number[][] {
    return this.#promptsWhere('removed_with IS NOT NULL');
  }

  #promptsWhere(condition: string, ...values: string[]): number[][] {
    const rows = this.#database
      .prepare(`SELECT prompt_ids FROM receipt JOIN message ON message.id = message_id WHERE ${condition}`)
      .all(...values);
    return rows.map((row) => idsFromBlob(row.prompt_ids as Uint8Array));
  }
}
