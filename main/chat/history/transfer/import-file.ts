/** What kind of file of conversations it is, and its conversations one by one. */
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { conversationFileFormat, conversationFileVersion } from '../../../contract/conversation-file.ts';
import type { ImportedKind } from '../../../contract/conversation-import.ts';
import { WorkbenchError } from '../../../contract/errors.ts';
import { fileInvalid } from './file-invalid.ts';
import { jsonElements, type JsonElement } from './json-elements.ts';

/** In UTF-16 units: what JSON.parse is given at once. */
const longestElement = 256 * 2 ** 20;
/** A file of LM Studio's is one conversation, read as a whole. */
const largestWhole = 256 * 2 ** 20;
const headLength = 4_096;

export interface ImportFile {
  kind: ImportedKind;
  byteLength: number;
  /** Elements of `conversations` and members beside it; of ChatGPT's, elements of the root; of LM Studio's, the whole as one. */
  elements(onRead: (bytes: number) => void, signal?: AbortSignal): AsyncGenerator<JsonElement>;
}

/** @throws WorkbenchError `FILE_NOT_FOUND`, `FILE_UNREADABLE`, `CONVERSATION_FILE_INVALID`, `FILE_TOO_LARGE` */
export async function openImportFile(path: string): Promise<ImportFile> {
  const { head, byteLength } = await readHead(path);
  const kind = kindOf(head, path);
  if (kind === 'lm-studio' && byteLength > largestWhole) throw tooLarge(path, byteLength);
  return {
    kind,
    byteLength,
    async *elements(onRead, signal) {
      const chunks = textOf(path, onRead, signal);
      if (kind !== 'lm-studio') {
        yield* jsonElements(chunks, { listKeys: ['folders', 'conversations'], longestElement });
        return;
      }
      let text = '';
      for await (const chunk of chunks) text += chunk;
      yield { key: null, index: 0, text };
    },
  };
}

async function readHead(path: string): Promise<{ head: Buffer; byteLength: number }> {
  try {
    const { size } = await stat(path);
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(headLength), 0, headLength, 0);
      return { head: buffer.subarray(0, bytesRead), byteLength: size };
    } finally {
      await file.close();
    }
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new WorkbenchError(
      isMissing ? 'FILE_NOT_FOUND' : 'FILE_UNREADABLE',
      `The file ${path} ${isMissing ? 'was not found' : 'cannot be read'}.`,
      { action: 'Check the path and the permissions of the file.', details: { path }, cause: error },
    );
  }
}

function kindOf(bytes: Buffer, path: string): ImportedKind {
  if (bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'))) {
    throw fileInvalid('zip', { path });
  }
  const head = bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (head.startsWith('[')) return 'chatgpt';
  if (!head.startsWith('{')) throw fileInvalid('not-json', { path });
  const [, format] = /^\{\s*"format"\s*:\s*"([^"]*)"/.exec(head) ?? [];
  if (format !== conversationFileFormat) return 'lm-studio';
  const [, version] = /^\{\s*"format"\s*:\s*"[^"]*"\s*,\s*"version"\s*:\s*(\d+)/.exec(head) ?? [];
  if (version === String(conversationFileVersion)) return 'lucie-workbench';
  throw fileInvalid('newer', { path, version: version ?? '' });
}

async function* textOf(path: string, onRead: (bytes: number) => void, signal?: AbortSignal): AsyncGenerator<string> {
  const stream = createReadStream(path, { highWaterMark: 2 ** 20, ...(signal === undefined ? {} : { signal }) });
  const decoder = new TextDecoder('utf-8');
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    onRead(bytes);
    yield decoder.decode(chunk, { stream: true });
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

function tooLarge(path: string, byteLength: number): WorkbenchError {
  return new WorkbenchError(
    'FILE_TOO_LARGE',
    `${path} has ${byteLength} bytes; a single conversation may have ${largestWhole}.`,
    {
      action: 'Import a smaller conversation.',
      details: { path, bytes: byteLength, limit: largestWhole },
    },
  );
}
