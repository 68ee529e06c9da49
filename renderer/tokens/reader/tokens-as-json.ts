/** The tokens of a part of a text for other programs: ids, pieces, bytes and spans (UTF-16 units of the whole text). */
import { tokenFlags } from '../../../main/contract/tokenisation.ts';
import type { Tokenisation } from '../tokenised-text.svelte.ts';

/** Tokens that are written before the window may do something else. */
const tokensAtOnce = 10_000;

/** Those from `first` to `last`, which it excludes. One line a token. */
export async function tokensAsJson({ text, tokens }: Tokenisation, first: number, last: number): Promise<string> {
  const rows: string[] = [];
  for (let index = first; index < last; index++) {
    if ((index - first) % tokensAtOnce === tokensAtOnce - 1) await new Promise((resolve) => setTimeout(resolve));
    const id = tokens.ids[index] ?? 0;
    const [start, end] = [tokens.starts[index] ?? 0, tokens.ends[index] ?? 0];
    const { piece = null, bytes = null, kind = null } = tokens.vocabulary.get(id) ?? {};
    const insertedSpace = ((tokens.flags[index] ?? 0) & tokenFlags.insertedSpace) !== 0;
    rows.push(
      JSON.stringify({ index, id, piece, kind, bytes, start, end, text: text.slice(start, end), insertedSpace }),
    );
  }
  return `[\n${rows.join(',\n')}\n]\n`;
}
