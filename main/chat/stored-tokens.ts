/** The statistics of an answer's tokens, as they were stored while it grew. */
import type { DatabaseSync } from 'node:sqlite';
import { generatedTokenSchema, type GeneratedToken } from '../contract/tokens.ts';

/** A damaged row ends what can be shown of the strip; it must not make the conversation, or the history, unreadable. */
export function storedTokens(database: DatabaseSync, messageId: string): GeneratedToken[] {
  const rows = database.prepare('SELECT data FROM token WHERE message_id = ? ORDER BY position').all(messageId);
  const tokens: GeneratedToken[] = [];
  for (const { data } of rows) {
    const token = generatedTokenSchema.safeParse(parseOrNull(String(data)));
    if (!token.success) break;
    tokens.push(token.data);
  }
  return tokens;
}

export function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // The schema says what is missing.
  }
}
