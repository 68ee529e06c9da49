/** The tables of the tokenizers that are open: one takes a good part of a second to make, and goes with its tokenizer. */
import { readTokenizerFile } from '../tokenizer-file.ts';
import type { Tokenizer } from '../tokenizer.ts';
import { VocabularyTable, type ReachabilityOf } from './vocabulary-table.ts';

export class VocabularyTables {
  readonly #tables = new WeakMap<Tokenizer, Promise<VocabularyTable>>();
  readonly #reachabilityOf: (tokenizer: Tokenizer) => ReachabilityOf;

  constructor(reachabilityOf: (tokenizer: Tokenizer) => ReachabilityOf) {
    this.#reachabilityOf = reachabilityOf;
  }

  /** `path` is the file that the tokenizer was opened from. @throws WorkbenchError `TOKENIZER_INVALID` */
  get(tokenizer: Tokenizer, path: string): Promise<VocabularyTable> {
    const known = this.#tables.get(tokenizer);
    if (known !== undefined) return known;
    const table = this.#make(tokenizer, path);
    this.#tables.set(tokenizer, table);
    table.catch(() => this.#tables.delete(tokenizer));
    return table;
  }

  async #make(tokenizer: Tokenizer, path: string): Promise<VocabularyTable> {
    const { text } = await readTokenizerFile(path);
    return VocabularyTable.of(tokenizer, JSON.parse(text), this.#reachabilityOf(tokenizer));
  }
}
