/**
 * Decides how a file is read: by its first bytes, then by its extension.
 *
 * Content wins over the name where it is certain (parquet, gzip, a foreign signature); JSON lines and CSV have no
 * signature, so there the extension decides and a file without a known one is looked into. It refuses with a word for what
 * was found, never with "unsupported".
 */
import { open, type FileHandle } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { constants, createGunzip } from 'node:zlib';
import type { DatasetFormat } from '../contract/dataset.ts';
import { WorkbenchError } from '../contract/errors.ts';
import { corruptFile, fromFileSystem, notRegularFile } from './file-errors.ts';
import { contentNames, matchSignature, type FoundContent } from './file-signatures.ts';

export interface DetectedFile {
  format: DatasetFormat;
  gzipped: boolean;
  byteLength: number;
  /** Milliseconds since 1970; with `byteLength` it tells whether the file was changed. */
  modifiedAt: number;
}

const extensions: Record<string, DatasetFormat> = {
  '.parquet': 'parquet',
  '.pq': 'parquet',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.json': 'jsonl',
  '.csv': 'csv',
  '.tsv': 'csv',
  '.tab': 'csv',
};

const headLength = 65_536;

/** @throws FILE_NOT_FOUND, FILE_UNREADABLE, FILE_FORMAT_UNKNOWN, FILE_CORRUPT */
export async function detectFile(path: string): Promise<DetectedFile> {
  try {
    const file = await open(path, 'r');
    try {
      const status = await file.stat();
      if (status.isDirectory()) throw notRegularFile(path, 'directory');
      if (!status.isFile()) throw notRegularFile(path, 'not-a-file');
      const found = await detectContent(path, file, status.size);
      return { ...found, byteLength: status.size, modifiedAt: status.mtimeMs };
    } finally {
      await file.close();
    }
  } catch (error) {
    throw fromFileSystem(path, error);
  }
}

async function detectContent(
  path: string,
  file: FileHandle,
  byteLength: number,
): Promise<{ format: DatasetFormat; gzipped: boolean }> {
  if (byteLength === 0) throw unknownFormat(path, 'empty');
  const head = await readAt(file, 0, Math.min(headLength, byteLength));
  if (head.subarray(0, 4).equals(Buffer.from('PAR1'))) {
    await checkParquetEnd(path, file, byteLength);
    return { format: 'parquet', gzipped: false };
  }
  const gzipped = head[0] === 0x1f && head[1] === 0x8b;
  const text = gzipped ? await gunzipHead(path, head) : head;
  if (text.length === 0) throw unknownFormat(path, 'empty');
  const foreign = matchSignature(text);
  if (foreign !== null) throw unknownFormat(path, foreign);

  const named = extensions[extname(gzipped ? path.replace(/\.(gz|gzip)$/i, '') : path).toLowerCase()];
  if (named === 'parquet') {
    const start = JSON.stringify(text.subarray(0, 4).toString('latin1'));
    throw corruptFile(path, 'parquet-magic', `this is not parquet: it starts with ${start} instead of "PAR1".`, {
      details: { start },
    });
  }
  if (text.includes(0)) throw unknownFormat(path, 'binary');
  return { format: named === 'csv' ? 'csv' : detectJsonLines(path, text, named === 'jsonl'), gzipped };
}

function detectJsonLines(path: string, head: Buffer, isNamedJson: boolean): DatasetFormat {
  const text = head
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart();
  const isJsonExtension = /\.json(\.gz|\.gzip)?$/i.test(path);
  if (isJsonExtension && text.startsWith('[')) throw unknownFormat(path, 'json-array');
  const lineEnd = text.indexOf('\n');
  const firstLine = lineEnd === -1 ? null : text.slice(0, lineEnd);
  if (isJsonExtension && firstLine !== null && !isJson(firstLine)) throw unknownFormat(path, 'json-document');
  if (isNamedJson || (text.startsWith('{') && isJson(firstLine ?? text))) return 'jsonl';
  throw unknownFormat(path, 'text');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

async function checkParquetEnd(path: string, file: FileHandle, byteLength: number): Promise<void> {
  const end = byteLength < 12 ? Buffer.alloc(0) : await readAt(file, byteLength - 8, 8);
  if (end.subarray(4).equals(Buffer.from('PAR1')) && end.readUInt32LE(0) <= byteLength - 12) return;
  throw corruptFile(
    path,
    'parquet-truncated',
    `this parquet file has no end: the footer is missing (${byteLength} bytes).`,
    {
      details: { byteLength },
    },
  );
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

/** The first bytes of the unpacked content; the rest of the archive is not looked at. */
async function gunzipHead(path: string, packed: Buffer): Promise<Buffer> {
  // Only the head is given to the decoder: with a sync flush its end is no error.
  const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
  const chunks: Buffer[] = [];
  let length = 0;
  gunzip.end(packed);
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= headLength) break;
    }
  } catch (error) {
    throw corruptFile(path, 'gzip-invalid', 'the gzip archive is damaged at its start.', { cause: error });
  }
  return Buffer.concat(chunks).subarray(0, headLength);
}

function unknownFormat(path: string, found: FoundContent): WorkbenchError {
  const action: Partial<Record<FoundContent, string>> = {
    'json-array': `Convert it to one object a line, for example with: jq -c '.[]' file.json > file.jsonl`,
    'json-document': 'Convert it to one object a line (JSON lines).',
    'utf16-text': 'Convert it to UTF-8, for example with: iconv -f utf-16 -t utf-8.',
    zip: 'Unpack it, then open the .parquet, .jsonl or .csv file inside.',
    zstd: 'Unpack it first; of the archives only .gz is read directly.',
    bzip2: 'Unpack it first; of the archives only .gz is read directly.',
    xz: 'Unpack it first; of the archives only .gz is read directly.',
    text: 'If it holds one JSON object a line or comma-separated values, rename it to .jsonl or .csv.',
  };
  return new WorkbenchError('FILE_FORMAT_UNKNOWN', `${basename(path)} is ${contentNames[found]}, not a dataset.`, {
    action: action[found] ?? 'Choose a .parquet, .jsonl or .csv file.',
    details: { path, name: basename(path), found },
  });
}
