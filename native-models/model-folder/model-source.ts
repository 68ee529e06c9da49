/** Where a published model is read from: a folder on disk (`local-source.ts`) or a base address (`remote-source.ts`). */
import { ExportError } from '../export-error.ts';
import type { ByteSource } from '../safetensors/byte-source.ts';
import type { SourceOrigin } from './workbench-file.ts';

export interface ModelSource {
  /** For messages: the folder or the address. */
  readonly name: string;
  /** What the address of a remote source says of itself. */
  readonly origin: SourceOrigin | null;
  /** The name of the revision in the address of a remote source. */
  readonly revision: string | null;
  /** The whole of a small file; `null` where there is none. */
  readFile(file: string, signal?: AbortSignal): Promise<Uint8Array | null>;
  has(file: string, signal?: AbortSignal): Promise<boolean>;
  /** Throws `source.missing`. */
  open(file: string, signal?: AbortSignal): Promise<ByteSource>;
  /** The path of a file that can be hashed where it lies. */
  localPath(file: string): string | null;
}

/** Throws `source.missing` where there is no such file. */
export async function readRequired(source: ModelSource, file: string, signal?: AbortSignal): Promise<Uint8Array> {
  const bytes = await source.readFile(file, signal);
  if (bytes !== null) return bytes;
  throw missingFile(source.name, file);
}

export function missingFile(folder: string, file: string): ExportError {
  return new ExportError('source.missing', `${folder} holds no ${file}.`, {
    action: 'Give the folder of a Hugging Face model: weights, configuration and tokenizer.',
    details: { folder, file },
  });
}
