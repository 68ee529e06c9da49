/** What each of several tokens would add to a text: the same token is ` été` after a word and `été` after an apostrophe. */
import { StreamingDecoder } from './streaming-decoder.ts';
import type { Tokenizer } from './tokenizer.ts';

type Decoding = ConstructorParameters<typeof StreamingDecoder>[0] & Pick<Tokenizer, 'pieceOf'>;

/** `null` for a control token, a part of a character, and what adds nothing. */
export function textsAfter(
  tokenizer: Decoding,
  contextIds: readonly number[],
  ids: readonly number[],
): (string | null)[] {
  const context = new StreamingDecoder(tokenizer, contextIds);
  return ids.map((id) => {
    const added = context.fork().push(id);
    return added === '' ? null : added;
  });
}
