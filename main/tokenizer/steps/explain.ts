/** A text through all stages of a tokenizer, for people who want to see them. */
import type { Explanation } from '../../contract/pipeline.ts';
import type { Tokenizer } from '../tokenizer.ts';
import { explainFast } from './explain-fast.ts';
import { explainLibrary } from './explain-library.ts';

/** Control tokens in the text are read as such; no `<s>` is added. `text` is a passage (`longestExplainedText`). */
export async function explain(tokenizer: Tokenizer, text: string): Promise<Explanation> {
  const fast = tokenizer.fast;
  const stages = fast === null ? await explainLibrary(tokenizer, text) : explainFast(fast, text);
  const decoded = tokenizer.decode(stages.ids, { keepControlTokens: true });
  // Part by part only where the parts are the whole: better nothing than something wrong.
  const addsUp = stages.atoms.map((atom) => atom.decoded ?? '').join('') === decoded;
  return {
    detail: fast === null ? 'library' : 'exact',
    ...stages,
    atoms: addsUp ? stages.atoms : stages.atoms.map((atom) => ({ ...atom, decoded: null, loss: null })),
    vocabulary: [...new Set(stages.ids)].map((id) => tokenizer.vocabularyEntry(id)),
    decoded,
  };
}
