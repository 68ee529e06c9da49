/**
 * A source whose bytes are hashed as they pass, in file order: what streams through unstored is compared with the SHA-256 that
 * its publisher lists, and what lies on the disk is not read a second time to be identified. Reads should come in ascending
 * order; what lies between two of them is read for the hash alone.
 */
import type { ByteSource, RangeOptions, SourceIdentity } from './byte-source.ts';
import type { RunningHash } from './running-hash.ts';

/** Bytes from the start of the file that are hashed, and the state of the hash there. */
export interface HashState {
  readonly position: number;
  readonly state: string;
}

const gapStep = 8 << 20;

export class HashedByteSource implements ByteSource {
  readonly #source: ByteSource;
  readonly #hash: RunningHash;
  #position = 0;
  #readsOn = false;

  /** Takes over `source`. */
  constructor(source: ByteSource, hash: RunningHash) {
    this.#source = source;
    this.#hash = hash;
  }

  get name(): string {
    return this.#source.name;
  }

  get identity(): SourceIdentity {
    return this.#source.identity;
  }

  get byteLength(): number {
    return this.#source.byteLength;
  }

  /** `null` where the hash cannot be stored. */
  save(): HashState | null {
    const state = this.#hash.save();
    return state === null ? null : { position: this.#position, state };
  }

  load({ position, state }: HashState): void {
    this.#hash.load(state);
    this.#position = position;
  }

  /** From here on one request serves all that is left of the file: whatever is wanted next is further on. */
  readOn(): void {
    this.#readsOn = true;
  }

  async read(offset: number, byteLength: number, options: RangeOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
    const end = offset + byteLength;
    if (end <= this.#position) return this.#source.read(offset, byteLength, options);
    const ahead = this.#readsOn ? { ...options, through: this.byteLength } : options;
    await this.#hashUpTo(offset, ahead);
    const bytes = await this.#source.read(offset, byteLength, ahead);
    this.#hash.update(bytes.subarray(this.#position - offset));
    this.#position = end;
    return bytes;
  }

  /** From here on reads are not hashed: the hash of the file is known. */
  stop(): void {
    this.#position = this.byteLength;
  }

  /** Hashes what nobody has read; after it every byte has passed. */
  async drain(options: RangeOptions = {}): Promise<void> {
    await this.#hashUpTo(this.byteLength, { ...options, through: this.byteLength });
  }

  /** Of the whole file: after `drain`, and once. */
  digest(): string {
    return this.#hash.digest();
  }

  close(): Promise<void> {
    return this.#source.close();
  }

  async #hashUpTo(end: number, options: RangeOptions): Promise<void> {
    while (this.#position < end) {
      const length = Math.min(gapStep, end - this.#position);
      this.#hash.update(await this.#source.read(this.#position, length, options));
      this.#position += length;
    }
  }
}
