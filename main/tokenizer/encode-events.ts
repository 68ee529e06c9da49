/** A text cut into tokens, as events: the first page soon, each vocabulary entry once, the counts at the end. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { packBytes, packUint32 } from '../packing/pack-numbers.ts';
import { mostAlterations, tokenFlags, type Alteration, type EncodeEvent } from '../contract/tokenisation.ts';
import type { TokenSlice } from './fast/index.ts';
import { textCounts } from './text-counts.ts';
import { checkTextLength, nativeSlice } from './tokenize-with-spans.ts';
import type { Tokenizer } from './tokenizer.ts';

/** UTF-16 units: a few pages, cut in a few milliseconds. */
const sliceUnits = 32_768;

/** @throws WorkbenchError `FILE_TOO_LARGE`; the reason of `signal` */
export async function* encodeEvents(
  tokenizer: Tokenizer,
  text: string,
  signal: AbortSignal = new AbortController().signal,
): AsyncGenerator<EncodeEvent, void, undefined> {
  checkTextLength(text);
  const known = new Set<number>();
  const alterations: Alteration[] = [];
  let alterationCount = 0;
  for await (const slice of slicesOf(tokenizer, text)) {
    // Lets a call that ends this one in.
    await nextTurn();
    signal.throwIfAborted();
    alterationCount += slice.alterations.length;
    alterations.push(...slice.alterations.slice(0, mostAlterations - alterations.length));
    const added = [...new Set(slice.ids)].filter((id) => !known.has(id));
    for (const id of added) known.add(id);
    yield {
      type: 'tokens',
      ids: packUint32(Uint32Array.from(slice.ids)),
      starts: packUint32(Uint32Array.from(slice.starts)),
      ends: packUint32(Uint32Array.from(slice.ends)),
      flags: packBytes(slice.flags.map((flags) => flags & tokenFlags.insertedSpace)),
      vocabulary: added.map((id) => tokenizer.vocabularyEntry(id)),
      done: slice.end,
      total: text.length,
    };
  }
  yield { type: 'end', ...textCounts(text), alterations, alterationCount };
}

async function* slicesOf(tokenizer: Tokenizer, text: string): AsyncGenerator<TokenSlice> {
  const { fast } = tokenizer;
  if (fast === null) yield await nativeSlice(tokenizer, text);
  else yield* fast.encodeInSlices(text, { controlTokens: 'parse', sliceUnits });
}
