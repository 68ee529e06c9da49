/** How many tokens a text has, from the tokenizer of the loaded (or chosen) model; the text alone, with no template around it. */
import { unpackUint32 } from '../../main/contract/packed-numbers.ts';
import type { Connection } from '../connection/connection.ts';

/** Throws what `tokens.encode` throws, and when `signal` aborts. */
export async function countTokens(connection: Connection, text: string, signal: AbortSignal): Promise<number> {
  if (text === '') return 0;
  let count = 0;
  for await (const event of await connection.client.tokens.encode({ text }, { signal })) {
    signal.throwIfAborted();
    if (event.type === 'tokens') count += unpackUint32(event.ids).length;
  }
  return count;
}
