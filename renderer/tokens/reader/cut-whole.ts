/** Whether all tokens of the text as it is now are there. */
import type { TokenisedText } from '../tokenised-text.svelte.ts';

export function isCutWhole({ text, tokenisation }: Pick<TokenisedText, 'text' | 'tokenisation'>): boolean {
  return tokenisation !== null && tokenisation.counts !== null && tokenisation.text === text;
}
