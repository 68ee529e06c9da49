/**
 * A file that exists either whole or not at all: written beside its final name, hashed on the way, synchronised, and renamed
 * only by `commit`. Whoever opens one must end with `commit` or `discard`.
 */
import { createHash, type Hash } from 'node:crypto';
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface WrittenFile {
  readonly byteLength: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

export class AtomicFile {
  readonly #path: string;
  readonly #temporaryPath: string;
  readonly #handle: FileHandle;
  readonly #hash: Hash = createHash('sha256');
  #byteLength = 0;
  #closed = false;

  private constructor(path: string, temporaryPath: string, handle: FileHandle) {
    this.#path = path;
    this.#temporaryPath = temporaryPath;
    this.#handle = handle;
  }

  static async create(path: string): Promise<AtomicFile> {
    await mkdir(dirname(path), { recursive: true });
    const temporaryPath = `${path}.${process.pid}.partial`;
    return new AtomicFile(path, temporaryPath, await open(temporaryPath, 'w'));
  }

  get byteLength(): number {
    return this.#byteLength;
  }

  async append(bytes: Uint8Array): Promise<void> {
    await this.#handle.writeFile(bytes);
    this.#hash.update(bytes);
    this.#byteLength += bytes.byteLength;
  }

  /** Fills with zeros up to `offset`. */
  async padTo(offset: number): Promise<void> {
    if (offset > this.#byteLength) await this.append(new Uint8Array(offset - this.#byteLength));
  }

  /** Makes the bytes durable; the file still has its temporary name. */
  async finish(): Promise<WrittenFile> {
    await this.#handle.sync();
    await this.#close();
    return { byteLength: this.#byteLength, sha256: this.#hash.digest('hex') };
  }

  /** Gives a finished file its final name. */
  async commit(): Promise<void> {
    await rename(this.#temporaryPath, this.#path);
  }

  async discard(): Promise<void> {
    await this.#close();
    await rm(this.#temporaryPath, { force: true });
  }

  async #close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#handle.close();
  }
}
