/**
 * An append-only file of JSON lines that survives a kill: a line that was cut is as if it had never been written, and so is
 * everything after it.
 */
import { open, readFile, rename, type FileHandle } from 'node:fs/promises';
import { diskFullOr } from './disk-space.ts';

export async function readJournal(path: string): Promise<unknown[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  });
  const entries: unknown[] = [];
  for (const line of text.split('\n').slice(0, -1)) {
    try {
      entries.push(JSON.parse(line));
    } catch {
      return entries; // A torn line: this is where the run before was killed.
    }
  }
  return entries;
}

export class Journal {
  readonly #path: string;
  readonly #handle: FileHandle;
  #closed = false;

  private constructor(path: string, handle: FileHandle) {
    this.#path = path;
    this.#handle = handle;
  }

  /** Starts the journal again with `entries`: none, or those that were read and still hold. */
  static async open(path: string, entries: readonly unknown[]): Promise<Journal> {
    const begun = `${path}.new`;
    const journal = new Journal(path, await open(begun, 'w'));
    try {
      await journal.append(...entries);
      await journal.synchronise();
      await rename(begun, path);
    } catch (error) {
      await journal.close();
      throw error;
    }
    return journal;
  }

  async append(...entries: readonly unknown[]): Promise<void> {
    const lines = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
    await this.#handle.appendFile(lines).catch(diskFullOr(this.#path, lines.length));
  }

  async synchronise(): Promise<void> {
    await this.#handle.sync().catch(diskFullOr(this.#path, 0));
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#handle.close();
  }
}
