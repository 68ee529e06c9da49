/** A text cut into tokens, as events: the first page soon, each vocabulary entry once, the counts at the end. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EncodeEvent } from '../contract/tokenisation.ts';
import { tokenFlags } from '../contract/tokenisation.ts';
import { packBytes, packUint32 } from '../contract/packed-numbers.ts';
import { tokenizeWithSpans } from './tokenize-with-spans.ts';
import type { Tokenizer } from './tokenizer.ts';

/** @throws WorkbenchError `FILE_TOO_LARGE` */
export async function* encodeEvents(
  tokenizer: Tokenizer,
  text: string,
  signal: AbortSignal = new AbortController().signal,
): AsyncGenerator<EncodeEvent, void, undefined> {
  const result = await tokenizeWithSpans(tokenizer, text);
  await nextTurn();
  signal.throwIfAborted();
  yield {
    type: 'tokens',
    ids: packUint32(Uint32Array.from(result.ids)),
    starts: packUint32(Uint32Array.from(result.starts)),
    ends: packUint32(Uint32Array.from(result.ends)),
    flags: packBytes(Uint8Array.from(result.insertedSpace, (inserted) => (inserted ? tokenFlags.insertedSpace : 0))),
    vocabulary: result.vocabulary,
    done: text.length,
    total: text.length,
  };
  const { characterCount, wordCount, utf8ByteCount } = result;
  yield { type: 'end', characterCount, wordCount, utf8ByteCount, alterations: [], alterationCount: 0 };
}
