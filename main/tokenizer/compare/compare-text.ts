/** One text through several tokenizers: counts of the text first, then each tokenizer as soon as it is done. */
import { longestCutText, type CompareEvent } from '../../contract/comparison.ts';
import { WorkbenchError } from '../../contract/errors.ts';
import { unpackUint32 } from '../../contract/packed-numbers.ts';
import { packUint32 } from '../../packing/pack-numbers.ts';
import { encodeEvents } from '../encode-events.ts';
import { textCounts } from '../text-counts.ts';
import { checkTextLength } from '../tokenize-with-spans.ts';
import type { Tokenizer } from '../tokenizer.ts';

/** Opens the tokenizer.json at a path. */
export type OpenTokenizer = (path: string) => Promise<Tokenizer>;

/** @throws WorkbenchError `FILE_TOO_LARGE`; what is wrong with a tokenizer is told in its place. */
export async function* compareText(
  open: OpenTokenizer,
  paths: readonly string[],
  text: string,
  signal: AbortSignal = new AbortController().signal,
): AsyncGenerator<CompareEvent, void, undefined> {
  checkTextLength(text);
  yield { type: 'text', counts: textCounts(text) };
  for (const [index, path] of paths.entries()) {
    try {
      const tokenizer = await open(path);
      signal.throwIfAborted();
      const { vocabularySize } = tokenizer;
      yield { type: 'tokenizer', index, vocabularySize, ...(await cutsOf(tokenizer, text, signal)) };
    } catch (thrown) {
      signal.throwIfAborted();
      yield { type: 'failed', index, error: WorkbenchError.from(thrown).toReport() };
    }
  }
}

async function cutsOf(
  tokenizer: Tokenizer,
  text: string,
  signal: AbortSignal,
): Promise<{ tokenCount: number; ends: string }> {
  let tokenCount = 0;
  const slices: Uint32Array[] = [];
  for await (const event of encodeEvents(tokenizer, text, signal)) {
    if (event.type !== 'tokens') continue;
    const ends = unpackUint32(event.ends);
    tokenCount += ends.length;
    const beyond = ends.findIndex((end) => end > longestCutText);
    slices.push(beyond === -1 ? ends : ends.subarray(0, beyond));
  }
  return { tokenCount, ends: packUint32(concatenate(slices)) };
}

function concatenate(slices: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(slices.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const slice of slices) {
    all.set(slice, at);
    at += slice.length;
  }
  return all;
}
