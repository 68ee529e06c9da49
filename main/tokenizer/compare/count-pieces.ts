/** The tokens of a text that comes in pieces, by every tokenizer; one that fails counts no more, and the others go on. */
import type { TextCounts } from '../../contract/comparison.ts';
import { WorkbenchError, type ErrorReport } from '../../contract/errors.ts';
import { TextCounter } from '../text-counter.ts';
import type { Tokenizer } from '../tokenizer.ts';

export interface PieceCounts {
  counts: TextCounts;
  /** `null` for one that has failed. */
  tokens: (number | null)[];
  pieceCount: number;
}

export interface CountOptions {
  signal: AbortSignal;
  /** Told of each piece once all tokenizers are through with it. */
  onPiece?: (utf8ByteCount: number) => void;
  onFailed: (index: number, error: ErrorReport) => void;
}

/** Of `tokenizers`, `null` is one that has failed; those that fail now become `null`. */
export async function countPieces(
  tokenizers: (Tokenizer | null)[],
  pieces: AsyncIterable<string>,
  { signal, onPiece, onFailed }: CountOptions,
): Promise<PieceCounts> {
  const counter = new TextCounter();
  const tokens: (number | null)[] = tokenizers.map((tokenizer) => (tokenizer === null ? null : 0));
  let pieceCount = 0;
  for await (const piece of pieces) {
    pieceCount++;
    for (const [index, tokenizer] of tokenizers.entries()) {
      if (tokenizer === null) continue;
      signal.throwIfAborted();
      try {
        tokens[index] = (tokens[index] ?? 0) + (await tokenizer.encode(piece, { controlTokens: 'parse' })).length;
      } catch (thrown) {
        tokenizers[index] = tokens[index] = null;
        onFailed(index, WorkbenchError.from(thrown).toReport());
      }
    }
    counter.push(piece);
    onPiece?.(counter.counts.utf8ByteCount);
  }
  return { counts: counter.counts, tokens, pieceCount };
}
