/** The comparison of tokenizers: which ones, over the text of the pane, and over files. */
import type { TokenizerSource } from '../../../main/contract/tokenisation.ts';
import type { Connection } from '../../connection/connection.ts';
import type { Host } from '../../host.ts';
import { ComparedTokenizers } from './compared-tokenizers.svelte.ts';
import { FilesComparison } from './files-comparison.svelte.ts';
import { TextComparison } from './text-comparison.svelte.ts';

export class CompareState {
  readonly tokenizers: ComparedTokenizers;
  readonly text: TextComparison;
  readonly files: FilesComparison;
  #sources = $state.raw<readonly TokenizerSource[]>([]);
  #seen = '';

  constructor(connection: Connection, pathForFile: Host['pathForFile'], storage: Storage) {
    this.tokenizers = new ComparedTokenizers(connection, pathForFile, storage, () => this.#listChanged());
    this.text = new TextComparison(connection);
    this.files = new FilesComparison(connection, pathForFile);
    this.#sources = this.tokenizers.list.map(({ source }) => source);
  }

  /** The text to count, from now on. */
  look(text: string): void {
    this.#seen = text;
    void this.text.run(text, this.#sources);
  }

  retry(): void {
    void this.text.run(this.#seen, this.#sources, true);
  }

  /** The loaded model is another one: what was counted with its tokenizer is counted again. */
  modelChanged(): void {
    if (this.text.shown !== null && this.#sources.some(({ kind }) => kind === 'chosen')) this.retry();
  }

  #listChanged(): void {
    this.#sources = this.tokenizers.list.map(({ source }) => source);
    void this.text.run(this.#seen, this.#sources);
  }
}
