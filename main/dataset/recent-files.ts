/**
 * The dataset files opened last, newest first, in a small JSON file. A list that cannot be read is
 * started anew: it is a convenience, and the files themselves are untouched.
 */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import { writeAtomically } from '../files/write-atomically.ts';
import type { Logger } from '../logger/index.ts';

const keptPaths = 20;
const fileSchema = z.object({ paths: z.array(z.string()) });

export interface RecentFile {
  path: string;
  name: string;
  byteLength: number;
}

export class RecentFiles {
  readonly #file: string;
  readonly #logger: Logger;
  #paths: Promise<string[]> | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(file: string, logger: Logger) {
    this.#file = file;
    this.#logger = logger;
  }

  async add(path: string): Promise<void> {
    const paths = [path, ...(await this.#load()).filter((known) => known !== path)].slice(0, keptPaths);
    this.#paths = Promise.resolve(paths);
    const content = `${JSON.stringify({ paths }, null, 2)}\n`;
    this.#writing = this.#writing.then(() => writeAtomically(this.#file, content));
    try {
      await this.#writing;
    } catch (error) {
      this.#writing = Promise.resolve();
      this.#logger.log('warn', 'The list of recent datasets could not be written', { file: this.#file, error });
    }
  }

  /** Files that are no longer there are left out, but not forgotten: a drive may come back. */
  async list(): Promise<RecentFile[]> {
    const found = await Promise.all((await this.#load()).map(describe));
    return found.filter((file) => file !== null);
  }

  #load(): Promise<string[]> {
    this.#paths ??= this.#readFile();
    return this.#paths;
  }

  async #readFile(): Promise<string[]> {
    try {
      return fileSchema.parse(JSON.parse(await readFile(this.#file, 'utf8'))).paths;
    } catch (error) {
      const isFirstUse = (error as NodeJS.ErrnoException).code === 'ENOENT';
      if (!isFirstUse)
        this.#logger.log('warn', 'The list of recent datasets is unreadable', { file: this.#file, error });
      return [];
    }
  }
}

/** `null` where there is no such file now. */
export async function describe(path: string): Promise<RecentFile | null> {
  const status = await stat(path).catch(() => null);
  return status?.isFile() === true ? { path, name: basename(path), byteLength: status.size } : null;
}
