/**
 * Reads a small file of a model folder, which may be anyone's: nothing but a file is read, and no more of it than such a file has.
 * A pipe would never end, and a huge one would fill the memory.
 */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { WorkbenchError } from '../contract/errors.ts';

const mebibyte = 1 << 20;

/** The largest file of its kind that is read, in bytes: ten times what published models need, or more. */
export const largestFile = {
  config: 8 * mebibyte,
  tokenizer: 256 * mebibyte,
  tokenizerConfig: 16 * mebibyte,
  chatTemplate: 4 * mebibyte,
} as const;

/** As UTF-8. @throws WorkbenchError `MODEL_FILE_UNSAFE`, or what opening throws, such as ENOENT. */
export async function readBounded(path: string, limit: number): Promise<string> {
  // Without waiting: opening a pipe that nobody writes to would not return. Windows has neither.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw unsafe(path, `${path} is not a file.`);
    if (found.size > limit) throw unsafe(path, `${path} has ${found.size} bytes; at most ${limit} are read.`);
    const bytes = Buffer.alloc(found.size);
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.toString('utf8', 0, filled);
  } finally {
    await handle.close();
  }
}

function unsafe(path: string, message: string): WorkbenchError {
  return new WorkbenchError('MODEL_FILE_UNSAFE', message, {
    action: 'Put the file that was published with the model in its place.',
    details: { file: path },
  });
}
