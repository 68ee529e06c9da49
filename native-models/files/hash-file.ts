/** The SHA-256 of a file of any size, read once in pieces. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { WrittenFile } from './atomic-file.ts';

export interface HashFileOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: (done: number) => void;
}

export async function hashFile(path: string, { signal, onBytes }: HashFileOptions = {}): Promise<WrittenFile> {
  const hash = createHash('sha256');
  let byteLength = 0;
  for await (const chunk of createReadStream(path, {
    highWaterMark: 1 << 20,
    ...(signal === undefined ? {} : { signal }),
  })) {
    const bytes = chunk as Buffer;
    hash.update(bytes);
    byteLength += bytes.byteLength;
    onBytes?.(byteLength);
  }
  return { byteLength, sha256: hash.digest('hex') };
}
