/**
 * Where the bytes of a safetensors file come from. Two verbs, so that a sharded or a remote source is another small class;
 * this file holds the only one needed today, a file on disk.
 */
import { open, type FileHandle } from 'node:fs/promises';
import { ExportError } from '../export-error.ts';

export interface ByteSource {
  /** For messages: a path or an address. */
  readonly name: string;
  readonly byteLength: number;
  /** Exactly `byteLength` bytes from `offset`, in a fresh buffer (so that typed views on it are aligned). */
  read(offset: number, byteLength: number): Promise<Uint8Array<ArrayBuffer>>;
  close(): Promise<void>;
}

/** Reads at positions of an open file; throws `source.missing` where it cannot be opened. */
export class FileByteSource implements ByteSource {
  readonly name: string;
  readonly byteLength: number;
  readonly #handle: FileHandle;

  private constructor(name: string, byteLength: number, handle: FileHandle) {
    this.name = name;
    this.byteLength = byteLength;
    this.#handle = handle;
  }

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
    return new FileByteSource(path, (await handle.stat()).size, handle);
  }

  async read(offset: number, byteLength: number): Promise<Uint8Array<ArrayBuffer>> {
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
