/** Whether any text is encoded with a token, for the tokenizers of which that is known: Lucie's family. */
import type { ReachabilityOf } from './browse/index.ts';
import { VocabularyFacts } from './fast/index.ts';
import type { Tokenizer } from './tokenizer.ts';

export function reachabilityOf({ fast }: Pick<Tokenizer, 'fast'>): ReachabilityOf {
  if (fast === null) return () => 'unknown';
  const facts = new VocabularyFacts(fast);
  return (id) => facts.reachabilityOf(id);
}
