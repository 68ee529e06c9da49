/**
 * A file that exists either whole or not at all: written under a temporary name, hashed on the way, synchronised, and renamed
 * only at the end. After a kill it is taken up again at the last checkpoint whose bytes are what they were.
 */
import { createHash, type Hash } from 'node:crypto';
import { constants, mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { diskFullOr } from './disk-space.ts';

export interface WrittenFile {
  readonly byteLength: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

export interface Checkpoint {
  /** Bytes from the start of the file. */
  readonly end: number;
  /** Of the bytes since the checkpoint before. */
  readonly crc32: number;
}

const pieceByteLength = 4 << 20;

export class AtomicFile {
  readonly temporaryPath: string;
  readonly #handle: FileHandle;
  #hash: Hash = createHash('sha256');
  #byteLength = 0;
  #checksum = 0;
  #closed = false;

  private constructor(temporaryPath: string, handle: FileHandle) {
    this.temporaryPath = temporaryPath;
    this.#handle = handle;
  }

  static async create(temporaryPath: string): Promise<AtomicFile> {
    await mkdir(dirname(temporaryPath), { recursive: true });
    return new AtomicFile(temporaryPath, await open(temporaryPath, 'w+'));
  }

  /** Opens what an interrupted run left; `kept` is the number of checkpoints that still hold. Bytes after them are dropped. */
  static async resume(
    temporaryPath: string,
    checkpoints: readonly Checkpoint[],
    signal?: AbortSignal,
  ): Promise<{ readonly file: AtomicFile; readonly kept: number }> {
    await mkdir(dirname(temporaryPath), { recursive: true });
    const file = new AtomicFile(temporaryPath, await open(temporaryPath, constants.O_RDWR | constants.O_CREAT));
    let kept = 0;
    try {
      for (const checkpoint of checkpoints) {
        if (!(await file.#accept(checkpoint, signal))) break;
        kept++;
      }
      await file.#handle.truncate(file.#byteLength);
    } catch (error) {
      await file.close();
      throw error;
    }
    return { file, kept };
  }

  get byteLength(): number {
    return this.#byteLength;
  }

  /** Throws `disk.full`. */
  async append(bytes: Uint8Array): Promise<void> {
    let written = 0;
    while (written < bytes.byteLength) {
      const length = bytes.byteLength - written;
      const { bytesWritten } = await this.#handle
        .write(bytes, written, length, this.#byteLength + written)
        .catch(diskFullOr(this.temporaryPath, length));
      written += bytesWritten;
    }
    this.#hash.update(bytes);
    this.#checksum = crc32(bytes, this.#checksum);
    this.#byteLength += bytes.byteLength;
  }

  /** Fills with zeros up to `offset`. */
  async padTo(offset: number): Promise<void> {
    if (offset > this.#byteLength) await this.append(new Uint8Array(offset - this.#byteLength));
  }

  /** What is needed to go on from here. */
  takeCheckpoint(): Checkpoint {
    const checkpoint = { end: this.#byteLength, crc32: this.#checksum };
    this.#checksum = 0;
    return checkpoint;
  }

  async synchronise(): Promise<void> {
    await this.#handle.datasync().catch(diskFullOr(this.temporaryPath, 0));
  }

  /** Makes the bytes durable; the file still has its temporary name. */
  async finish(): Promise<WrittenFile> {
    await this.#handle.sync().catch(diskFullOr(this.temporaryPath, 0));
    await this.close();
    return { byteLength: this.#byteLength, sha256: this.#hash.digest('hex') };
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#handle.close();
  }

  /** Takes the bytes up to `end` over if they are the ones that were written. */
  async #accept({ end, crc32: expected }: Checkpoint, signal?: AbortSignal): Promise<boolean> {
    const hash = this.#hash.copy();
    let checksum = 0;
    for (let at = this.#byteLength; at < end;) {
      signal?.throwIfAborted();
      const { bytesRead, buffer } = await this.#handle.read(
        Buffer.allocUnsafe(Math.min(pieceByteLength, end - at)),
        0,
        Math.min(pieceByteLength, end - at),
        at,
      );
      if (bytesRead === 0) return false;
      const bytes = buffer.subarray(0, bytesRead);
      hash.update(bytes);
      checksum = crc32(bytes, checksum);
      at += bytesRead;
    }
    if (checksum !== expected) return false;
    this.#hash = hash;
    this.#byteLength = end;
    return true;
  }
}
