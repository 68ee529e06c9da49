/**
 * Whether any text is encoded with a token, for the tokenizers of which that is known: Lucie's family. A token that is in the encoding of
 * one text made of all pieces is reached, as that text shows; only the few others are asked about one by one.
 */
import type { ReachabilityOf } from './browse/index.ts';
import { VocabularyFacts } from './fast/index.ts';
import type { Tokenizer } from './tokenizer.ts';

export function reachabilityOf({ fast }: Pick<Tokenizer, 'fast'>): ReachabilityOf {
  if (fast === null) return () => 'unknown';
  const facts = new VocabularyFacts(fast);
  // Digits stand between the pieces: in Lucie's vocabulary they merge with nothing.
  const all = fast.family.pieces.join('1').replaceAll('▁', ' ');
  const found = new Set(fast.encodeIds(`1${all}1`, { controlTokens: 'as-text' }));
  return (id) => (found.has(id) ? 'reachable' : facts.reachabilityOf(id));
}
