/**
 * Where the bytes of a safetensors file come from: a file on disk, or ranges of one on a server (`http-byte-source.ts`). A
 * source reads one range at a time.
 */
export interface RangeOptions {
  readonly signal?: AbortSignal | undefined;
  /** Where the reads that follow directly on this one will end: a remote source asks for as much at once. */
  readonly through?: number | undefined;
}

/** What tells one state of a file from another without reading it. */
export interface SourceIdentity {
  readonly byteLength: number;
  /** The SHA-256 that a server published; `null` for a local file, which is hashed when that is wanted. */
  readonly sha256: string | null;
  /** Changes when the file changes: its time of modification or its entity tag. Never written into a model folder. */
  readonly stamp: string;
}

export interface ByteSource {
  /** For messages: a path or an address. */
  readonly name: string;
  readonly identity: SourceIdentity;
  readonly byteLength: number;
  /** Exactly `byteLength` bytes from `offset`, in a fresh buffer (so that typed views on it are aligned). */
  read(offset: number, byteLength: number, options?: RangeOptions): Promise<Uint8Array<ArrayBuffer>>;
  close(): Promise<void>;
}
