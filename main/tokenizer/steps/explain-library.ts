/**
 * The stages of any other tokenizer, as far as the native library tells them: the ids with their spans, the chunk of each, and the
 * normalised text as a whole. What became of which character is said only where nothing changed at all.
 */
import type { Explanation, TextAtom } from '../../contract/pipeline.ts';
import { tokenizeWithSpans } from '../tokenize-with-spans.ts';
import type { Tokenizer } from '../tokenizer.ts';

type Stages = Pick<Explanation, 'atoms' | 'ids' | 'normalised' | 'chunks'>;

export async function explainLibrary(tokenizer: Tokenizer, text: string): Promise<Stages> {
  const { ids, starts, ends, decoded } = await tokenizeWithSpans(tokenizer, text);
  const words = (await tokenizer.encoding(text, { controlTokens: 'parse' })).getWordIds();
  const added = new Set(tokenizer.addedTokens.map(({ id }) => id));
  // The parts between control tokens are normalised by themselves: the normaliser alone cannot tell the whole.
  const normalised = ids.some((id) => added.has(id)) ? null : tokenizer.normalise(text);
  const { chunks, chunkOf } = chunksOf(ids, words, added);
  const atoms: TextAtom[] = [];
  const write = (start: number, end: number, token: number, tokenCount: number): void => {
    const isControl = tokenCount > 0 && added.has(ids[token] ?? -1);
    atoms.push({
      start,
      end,
      normalised: normalised === text || isControl ? text.slice(start, end) : null,
      change: isControl ? 'control' : tokenCount === 0 ? 'deleted' : 'same',
      reason: tokenCount === 0 ? 'other' : null,
      decoded: decoded === text ? text.slice(start, end) : null,
      loss: null,
      chunk: tokenCount === 0 ? null : (chunkOf[token] ?? null),
      token,
      tokenCount,
    });
  };
  let covered = 0;
  for (let i = 0; i < ids.length;) {
    const start = starts[i] ?? 0;
    const end = ends[i] ?? 0;
    let next = i + 1;
    while (next < ids.length && start < end && starts[next] === start && ends[next] === end) next++;
    if (start > covered) write(covered, start, i, 0);
    write(start, end, i, next - i);
    covered = end;
    i = next;
  }
  if (covered < text.length) write(covered, text.length, ids.length, 0);
  return { ids, chunks, normalised, atoms };
}

/** The library numbers the words that its pre-tokenizer made; a control token has none. */
function chunksOf(
  ids: readonly number[],
  words: readonly (number | null | undefined)[],
  added: ReadonlySet<number>,
): { chunks: NonNullable<Explanation['chunks']>; chunkOf: number[] } {
  const chunks: NonNullable<Explanation['chunks']> = [];
  const chunkOf: number[] = [];
  for (const [token, id] of ids.entries()) {
    const isControl = added.has(id);
    const last = chunks.at(-1);
    if (last !== undefined && !isControl && !last.isControl && words[token] === words[token - 1]) last.tokenCount++;
    else chunks.push({ token, tokenCount: 1, isControl });
    chunkOf.push(chunks.length - 1);
  }
  return { chunks, chunkOf };
}
