/** Whether a file on the disk is the one that the hub lists: its size, then its hash. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { WorkbenchError } from '../contract/errors.ts';
import { diskError } from './disk.ts';
import { startHash } from './file-hash.ts';
import type { HubFile } from './list-files.ts';
import { cancelled } from './retry.ts';

export interface VerifyOptions {
  signal: AbortSignal;
  /** Bytes read so far. */
  onProgress?: (done: number) => void;
}

/** `null` where it is; else what is wrong, with both values. @throws WorkbenchError where it cannot be read */
export async function verifyFile(path: string, file: HubFile, options: VerifyOptions): Promise<WorkbenchError | null> {
  try {
    const { size } = await stat(path);
    if (size !== file.byteLength) return mismatch(file, `${size} bytes`, `${file.byteLength} bytes`);
    const actual = await hashOf(path, file, options);
    return actual === file.hash.value ? null : mismatch(file, actual, file.hash.value);
  } catch (cause) {
    throw options.signal.aborted ? cancelled() : diskError(path, cause);
  }
}

/** True for a complete file; a file that is not there is none. */
export async function isPresent(path: string, file: HubFile, options: VerifyOptions): Promise<boolean> {
  const size = await stat(path).then(
    (found) => (found.isFile() ? found.size : null),
    () => null,
  );
  return size === file.byteLength && (await verifyFile(path, file, options)) === null;
}

async function hashOf(path: string, file: HubFile, options: VerifyOptions): Promise<string> {
  const digest = startHash(file);
  let done = 0;
  const stream = createReadStream(path, { highWaterMark: 1 << 20, signal: options.signal });
  for await (const bytes of stream as AsyncIterable<Buffer>) {
    digest.update(bytes);
    options.onProgress?.((done += bytes.length));
  }
  return digest.digest('hex');
}

function mismatch(file: HubFile, actual: string, expected: string): WorkbenchError {
  return new WorkbenchError(
    'HASH_MISMATCH',
    `${file.path} is not what the hub lists: ${actual}, expected ${expected}.`,
    {
      action: 'It was not kept. Start again; where HF_ENDPOINT names a mirror, try another one.',
      details: { file: file.path, actual, expected },
    },
  );
}
