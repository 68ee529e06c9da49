/** The tokens of answers: a row each, written as they come, so that a long answer is stored without rewriting it. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { generatedTokenSchema, type GeneratedToken } from '../contract/tokens.ts';
import { parseOrNull } from './parse-or-null.ts';

export class TokenRows {
  readonly #put: StatementSync;
  readonly #ofMessage: StatementSync;
  readonly #last: StatementSync;

  constructor(database: DatabaseSync) {
    this.#put = database.prepare('INSERT OR REPLACE INTO token (message_id, position, data) VALUES (?, ?, ?)');
    this.#ofMessage = database.prepare('SELECT data FROM token WHERE message_id = ? ORDER BY position');
    this.#last = database.prepare('SELECT max(position) + 1 AS count FROM token WHERE message_id = ?');
  }

  /** From `position` on, in place of what is there. */
  put(messageId: string, position: number, tokens: readonly GeneratedToken[]): void {
    for (const [index, token] of tokens.entries()) this.#put.run(messageId, position + index, JSON.stringify(token));
  }

  /** By position, of which there are no gaps: rows of ten alternatives are long to count. */
  count(messageId: string): number {
    return Number(this.#last.get(messageId)?.count ?? 0);
  }

  of(messageId: string): GeneratedToken[] {
    return tokensFromRows(this.#ofMessage.all(messageId));
  }
}

/** A damaged row ends what can be shown of the strip; it must not make what it belongs to, or the history, unreadable. */
export function tokensFromRows(rows: readonly Record<string, unknown>[]): GeneratedToken[] {
  const tokens: GeneratedToken[] = [];
  for (const { data } of rows) {
    const token = generatedTokenSchema.safeParse(parseOrNull(String(data)));
    if (!token.success) break;
    tokens.push(token.data);
  }
  return tokens;
}
