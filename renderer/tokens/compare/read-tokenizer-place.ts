/** What a person typed as a place of a tokenizer: a path of this machine, or a repository of the hub. */
import type { TokenizerSource } from '../../../main/contract/tokenisation.ts';
import { parseModelReference } from '../../models/other/model-reference.ts';

/** `null` where there is nothing. A path begins with a slash, a drive or a share; all else is a name of the hub or its address. */
export function readTokenizerPlace(text: string): Extract<TokenizerSource, { kind: 'file' | 'hub' }> | null {
  const typed = text.trim();
  if (typed === '') return null;
  if (/^(\/|[A-Za-z]:[\\/]|\\\\)/.test(typed)) return { kind: 'file', path: typed };
  const reference = parseModelReference(typed);
  return reference === null ? null : { kind: 'hub', ...reference };
}
