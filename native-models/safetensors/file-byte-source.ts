/** Reads at positions of an open file. */
import { open, type FileHandle } from 'node:fs/promises';
import { ExportError } from '../export-error.ts';
import type { ByteSource, RangeOptions, SourceIdentity } from './byte-source.ts';

export class FileByteSource implements ByteSource {
  readonly name: string;
  readonly identity: SourceIdentity;
  readonly #handle: FileHandle;

  private constructor(name: string, identity: SourceIdentity, handle: FileHandle) {
    this.name = name;
    this.identity = identity;
    this.#handle = handle;
  }

  get byteLength(): number {
    return this.identity.byteLength;
  }

  /** Throws `source.missing` where the file cannot be opened. */
  static async open(path: string): Promise<FileByteSource> {
    let handle: FileHandle;
    try {
      handle = await open(path, 'r');
    } catch (cause) {
      throw new ExportError('source.missing', `Cannot open ${path}.`, {
        action: 'Check that the source folder holds this file and that it may be read.',
        details: { path },
        cause,
      });
    }
    const { size, mtimeMs } = await handle.stat();
    return new FileByteSource(path, { byteLength: size, sha256: null, stamp: String(mtimeMs) }, handle);
  }

  async read(offset: number, byteLength: number, { signal }: RangeOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
    signal?.throwIfAborted();
    const bytes = new Uint8Array(byteLength);
    let filled = 0;
    while (filled < byteLength) {
      const { bytesRead } = await this.#handle.read(bytes, filled, byteLength - filled, offset + filled);
      if (bytesRead === 0) {
        throw new ExportError(
          'safetensors.invalid',
          `${this.name} ends at byte ${offset + filled}; ${byteLength} bytes were expected from byte ${offset}.`,
          {
            action: 'The file is truncated or was changed while it was read: fetch it again.',
            details: { path: this.name, offset, expected: byteLength, actual: filled },
          },
        );
      }
      filled += bytesRead;
    }
    return bytes;
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}
