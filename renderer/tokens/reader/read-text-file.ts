/** A text file that the user chose or dropped, read in the window: it is not kept and goes nowhere but into the editor. */

/** What the tokenizer takes at once. */
export const mostFileBytes = 20_000_000;

export type ReadTextFile =
  | { text: string; problem: null }
  | { text: null; problem: 'too-large'; limit: number }
  | { text: null; problem: 'not-text' };

export async function readTextFile(file: Pick<File, 'size' | 'arrayBuffer'>): Promise<ReadTextFile> {
  if (file.size > mostFileBytes) return { text: null, problem: 'too-large', limit: mostFileBytes };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
    return { text, problem: null };
  } catch {
    // A folder cannot be read, and bytes that are no UTF-8 are refused by the decoder.
    return { text: null, problem: 'not-text' };
  }
}
