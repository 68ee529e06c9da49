/**
 * A file on a server, read by ranges. Reads that follow each other come from one request; small reads come from one window, so
 * that a header or a run of norms costs one round trip; a connection that breaks is taken up where it broke. At most one
 * response is open at a time.
 */
import { ExportError } from '../export-error.ts';
import { RangeStream } from '../http/range-stream.ts';
import { identifyRemoteFile, type RemoteFile } from '../http/remote-file.ts';
import { withRetries, type HttpOptions } from '../http/retry.ts';
import type { ByteSource, RangeOptions } from './byte-source.ts';

const windowByteLength = 1 << 20;

export class HttpByteSource implements ByteSource {
  readonly name: string;
  readonly identity: RemoteFile;
  readonly #options: HttpOptions;
  #stream: RangeStream | null = null;
  #entityTag: string | null = null;
  #window = { offset: 0, bytes: new Uint8Array(0) };

  private constructor(url: string, identity: RemoteFile, options: HttpOptions) {
    this.name = url;
    this.identity = identity;
    this.#options = options;
  }

  get byteLength(): number {
    return this.identity.byteLength;
  }

  /** `null` where the server has no such file; throws `source.missing` where it forbids it, `source.network`. */
  static async open(url: string, options: HttpOptions = {}, signal?: AbortSignal): Promise<HttpByteSource | null> {
    const identity = await identifyRemoteFile(url, options, signal);
    return identity === null ? null : new HttpByteSource(url, identity, options);
  }

  async read(offset: number, byteLength: number, options: RangeOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
    const end = offset + byteLength;
    if (end > this.byteLength) {
      throw new ExportError('safetensors.invalid', `${this.name} has ${this.byteLength} bytes; ${end} are needed.`, {
        action: 'The file is truncated: choose another revision or server.',
        details: { path: this.name, offset, expected: byteLength, actual: this.byteLength - offset },
      });
    }
    const through = Math.min(Math.max(end, options.through ?? end), this.byteLength);
    if (this.#stream?.position !== offset && through - offset < windowByteLength) {
      return this.#readFromWindow(offset, end, options.signal);
    }
    const bytes = new Uint8Array(byteLength);
    await this.#fill(bytes, offset, through, options.signal);
    return bytes;
  }

  close(): Promise<void> {
    this.#closeStream();
    return Promise.resolve();
  }

  async #readFromWindow(offset: number, end: number, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const known = this.#window;
    if (offset < known.offset || end > known.offset + known.bytes.byteLength) {
      const bytes = new Uint8Array(Math.min(windowByteLength, this.byteLength - offset));
      await this.#fill(bytes, offset, offset + bytes.byteLength, signal);
      this.#window = { offset, bytes };
    }
    return this.#window.bytes.slice(offset - this.#window.offset, end - this.#window.offset);
  }

  async #fill(bytes: Uint8Array, offset: number, through: number, signal?: AbortSignal): Promise<void> {
    let filled = 0;
    const attempt = async () => {
      while (filled < bytes.byteLength) {
        const stream = await this.#streamAt(offset + filled, through, signal);
        const length = Math.min(bytes.byteLength - filled, stream.end - stream.position);
        const begin = stream.position;
        try {
          await stream.readInto(bytes.subarray(filled, filled + length), signal);
        } catch (error) {
          this.#closeStream();
          throw error;
        } finally {
          filled += stream.position - begin;
        }
        if (stream.position === stream.end) this.#closeStream();
      }
    };
    await withRetries(this.name, this.#options, signal, attempt, () => filled);
  }

  async #streamAt(position: number, through: number, signal?: AbortSignal): Promise<RangeStream> {
    if (this.#stream?.position === position) return this.#stream;
    this.#closeStream();
    const stream = await RangeStream.open(this.name, { begin: position, end: through }, this.#options, signal);
    this.#entityTag ??= stream.entityTag;
    if (stream.total !== this.byteLength || stream.entityTag !== this.#entityTag) {
      stream.close();
      throw new ExportError('source.changed', `${this.name} is another file than when it was opened.`, {
        action: 'Start again; name a commit rather than a branch to be sure of one state.',
        details: { url: this.name, expected: this.byteLength, actual: stream.total },
      });
    }
    this.#stream = stream;
    return stream;
  }

  #closeStream(): void {
    this.#stream?.close();
    this.#stream = null;
  }
}
