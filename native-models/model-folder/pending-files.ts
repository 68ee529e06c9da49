/**
 * The files of one export, all temporary until `commit` gives every one its name. `discard` leaves the folder as it was
 * found: no temporary file, and no folder that was made only for them.
 */
import { mkdir, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AtomicFile, type WrittenFile } from '../files/atomic-file.ts';

export class PendingFiles {
  readonly #folder: string;
  readonly #madeFolders: readonly string[];
  readonly #files: { readonly name: string; readonly file: AtomicFile; written: WrittenFile | null }[] = [];

  private constructor(folder: string, madeFolders: readonly string[]) {
    this.#folder = folder;
    this.#madeFolders = madeFolders;
  }

  /** Makes `folder` and its sub-folder `onnx` where they are absent. */
  static async begin(folder: string): Promise<PendingFiles> {
    const root = resolve(folder);
    const deepest = join(root, 'onnx');
    const highest = await mkdir(deepest, { recursive: true });
    return new PendingFiles(root, highest === undefined ? [] : foldersBetween(deepest, highest));
  }

  /** A new file at `name`, a path relative to the folder with forward slashes. */
  async create(name: string): Promise<AtomicFile> {
    const file = await AtomicFile.create(join(this.#folder, name));
    this.#files.push({ name, file, written: null });
    return file;
  }

  async write(name: string, bytes: Uint8Array): Promise<void> {
    const file = await this.create(name);
    await file.append(bytes);
  }

  /** Makes what was created so far durable, and returns a record of every file by name, in the order of creation. */
  async finish(): Promise<Record<string, WrittenFile>> {
    const records: Record<string, WrittenFile> = {};
    for (const entry of this.#files) records[entry.name] = entry.written ??= await entry.file.finish();
    return records;
  }

  async commit(): Promise<void> {
    await this.finish();
    for (const { file } of this.#files) await file.commit();
  }

  async discard(): Promise<void> {
    for (const { file } of this.#files) await file.discard();
    for (const folder of this.#madeFolders) {
      try {
        await rmdir(folder);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code !== 'ENOTEMPTY' && code !== 'ENOENT' && code !== 'EEXIST') throw error;
      }
    }
  }
}

/** From `deepest` up to `highest`, both included. */
function foldersBetween(deepest: string, highest: string): string[] {
  const folders: string[] = [];
  for (let folder = deepest; folder.length >= highest.length; folder = dirname(folder)) folders.push(folder);
  return folders;
}
