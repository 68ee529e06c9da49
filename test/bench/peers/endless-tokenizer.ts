/**
 * A tokenizer for the bench: the embedded model's, filled up to a vocabulary, and without control tokens, so that our engine knows
 * no stop id. Ids are passed to every runtime; the tokenizer only names them.
 */
import { readFile } from 'node:fs/promises';

interface TokenizerFile {
  model: { vocab: Record<string, number> };
  added_tokens: { special: boolean }[];
}

/** The text of a tokenizer.json. */
export async function extendedTokenizer(path: string, vocabularySize: number): Promise<string> {
  const file = JSON.parse(await readFile(path, 'utf8')) as TokenizerFile;
  const { vocab } = file.model;
  for (let id = Object.keys(vocab).length; id < vocabularySize; id++) vocab[`token${id}`] = id;
  for (const token of file.added_tokens) token.special = false;
  return JSON.stringify(file);
}
