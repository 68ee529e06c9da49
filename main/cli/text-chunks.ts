/** The text of a command as bytes, so that a long one need not be in memory: its words, a file, or standard input. */
import { createReadStream } from 'node:fs';
import { WorkbenchError } from '../contract/errors.ts';
import { UsageError } from './arguments.ts';

export interface TextInput {
  name: string;
  chunks: AsyncIterable<Uint8Array>;
}

/** @throws UsageError; WorkbenchError `PROMPT_EMPTY` where nobody pipes anything */
export function textChunks(positionals: readonly string[], file: string | undefined): TextInput {
  if (file !== undefined && file !== '-') {
    if (positionals.length > 0) throw new UsageError('Give a text or --file, not both.');
    return { name: file, chunks: fileChunks(file) };
  }
  const words = positionals.join(' ');
  if (words !== '' && words !== '-') return { name: 'the text', chunks: oneChunk(words) };
  return standardInput(file !== '-' && positionals.length === 0);
}

/** `isImplied`: nobody wrote `-`. */
export function standardInput(isImplied: boolean): TextInput {
  if (isImplied && process.stdin.isTTY) {
    throw new WorkbenchError('PROMPT_EMPTY', 'There is no text.', {
      action: 'Name a file, or pipe a text into standard input.',
    });
  }
  return { name: 'standard input', chunks: process.stdin as AsyncIterable<Uint8Array> };
}

async function* oneChunk(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text, 'utf8');
}

async function* fileChunks(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Uint8Array>;
  } catch (cause) {
    const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    const message = isMissing ? `There is no file ${path}.` : `${path} cannot be read: ${String(cause)}`;
    throw new WorkbenchError(isMissing ? 'FILE_NOT_FOUND' : 'FILE_UNREADABLE', message, {
      action: 'Name a text file in UTF-8.',
      details: { path, name: path },
      cause,
    });
  }
}
