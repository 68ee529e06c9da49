/**
 * Tokenizers that were used lately, by file: reading one takes half a second. A file that was changed is read again; one that could not
 * be read is tried again.
 */
import { stat } from 'node:fs/promises';
import { mostComparedTokenizers } from '../contract/comparison.ts';
import { invalidTokenizer } from './tokenizer-file.ts';
import { Tokenizer } from './tokenizer.ts';

interface Opened {
  version: string;
  tokenizer: Promise<Tokenizer>;
}

/** Each takes some 50 MB with Lucie's vocabulary. With fewer, a comparison of so many would read each of them again every time. */
const most = mostComparedTokenizers;

export class OpenTokenizers {
  readonly #opened = new Map<string, Opened>();

  /** @throws WorkbenchError `TOKENIZER_INVALID`, `MODEL_FILE_UNSAFE`, `FILE_TOO_LARGE` */
  async get(path: string): Promise<Tokenizer> {
    const { size, mtimeMs, ino } = await stat(path).catch((cause: unknown) => {
      throw invalidTokenizer(path, 'it cannot be read', cause);
    });
    const version = `${size} ${mtimeMs} ${ino}`;
    const known = this.#opened.get(path);
    this.#opened.delete(path);
    const opened = known?.version === version ? known : { version, tokenizer: Tokenizer.open(path) };
    this.#opened.set(path, opened);
    for (const oldest of [...this.#opened.keys()].slice(0, -most)) this.#opened.delete(oldest);
    opened.tokenizer.catch(() => {
      if (this.#opened.get(path) === opened) this.#opened.delete(path);
    });
    return opened.tokenizer;
  }
}
