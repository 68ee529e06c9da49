/**
 * JSON lines and CSV: one pass when the file is opened, then only the bytes of the rows that are asked for.
 *
 * The pass checks every record, learns the columns, counts the rows and notes where rows begin (`record-index.ts`). DuckDB
 * is not used here: its readers start from the first byte for every OFFSET, need 15 s to refuse a 50 MB CSV line, and
 * importing instead would copy the whole file. What the pass cannot read it refuses with the line number; nothing is skipped.
 */
import { open, type FileHandle } from 'node:fs/promises';
import { countCodePoints, sliceCodePoints } from './code-points.ts';
import { lineTooLong } from './file-errors.ts';
import { decodeRecord, isBlank, type RecordFormat } from './record-format.ts';
import { RecordIndex } from './record-index.ts';
import { RecordSplitter, type RawRecord } from './record-splitter.ts';
import type { Column, Excerpt, ScannedRow, Source, Span } from './source.ts';

/** A record is read whole into memory; a longer one is refused by name. */
export const lineLimitBytes = 32_000_000;

const scanChunkBytes = 1_048_576;
const readChunkBytes = 131_072;

/** The file as the user named it, and where its (unpacked) bytes are. */
export interface RecordFile {
  path: string;
  dataPath: string;
  /** Removes the unpacked copy, where there is one. */
  discard(): Promise<void>;
}

/** @throws FILE_CORRUPT, LINE_TOO_LONG; the signal's reason where it is aborted */
export async function openRecords(file: RecordFile, format: RecordFormat, signal?: AbortSignal): Promise<Source> {
  const index = new RecordIndex();
  const inspect = (record: RawRecord): void => {
    const text = readText(file.path, record);
    if (!isBlank(text) && format.inspect(text, record.line)) index.add(record);
  };
  const handle = await open(file.dataPath, 'r');
  try {
    // Windows keeps an open file in its folder; elsewhere an unpacked copy can lose its name now.
    if (process.platform !== 'win32') await file.discard();
    const offset = await byteOrderMarkLength(handle);
    const splitter = new RecordSplitter(format.boundary(), lineLimitBytes, { offset, line: 1 });
    for await (const chunk of readChunks(handle, offset, scanChunkBytes)) {
      signal?.throwIfAborted();
      for (const record of splitter.push(chunk)) inspect(record);
    }
    const last = splitter.finish();
    if (last !== null) inspect(last);
    return new RecordSource(file, handle, format, index);
  } catch (error) {
    await handle.close();
    await file.discard();
    throw error;
  }
}

class RecordSource implements Source {
  readonly format: Source['format'];
  readonly columns: readonly Column[];
  readonly rowCount: number;
  readonly #file: RecordFile;
  readonly #handle: FileHandle;
  readonly #format: RecordFormat;
  readonly #index: RecordIndex;

  constructor(file: RecordFile, handle: FileHandle, format: RecordFormat, index: RecordIndex) {
    this.#file = file;
    this.#handle = handle;
    this.#format = format;
    this.#index = index;
    this.format = format.format;
    this.columns = format.columns();
    this.rowCount = index.rowCount;
  }

  async read(offset: number, limit: number, spans: readonly Span[]): Promise<Excerpt[][]> {
    const rows: Excerpt[][] = [];
    const start = this.#index.find(offset);
    if (start === null) return rows;
    let row = start.row;
    for await (const record of this.#records(start)) {
      const text = readText(this.#file.path, record);
      if (isBlank(text)) continue;
      if (row >= offset) rows.push(this.#excerpts(text, record.line, spans));
      row++;
      if (rows.length >= limit) break;
    }
    return rows;
  }

  async *scan(from: number, columns: readonly number[], signal: AbortSignal): AsyncGenerator<ScannedRow> {
    const start = this.#index.find(from);
    if (start === null) return;
    let row = start.row;
    for await (const record of this.#records(start)) {
      signal.throwIfAborted();
      const text = readText(this.#file.path, record);
      if (isBlank(text)) continue;
      if (row >= from) {
        const values = this.#format.values(text, record.line);
        yield { row, values: columns.map((column) => values[column] ?? null) };
      }
      row++;
    }
  }

  async close(): Promise<void> {
    await this.#handle.close();
    await this.#file.discard();
  }

  async *#records(start: { offset: number; line: number }): AsyncGenerator<RawRecord> {
    const splitter = new RecordSplitter(this.#format.boundary(), lineLimitBytes, start);
    for await (const chunk of readChunks(this.#handle, start.offset, readChunkBytes)) yield* splitter.push(chunk);
    const last = splitter.finish();
    if (last !== null) yield last;
  }

  #excerpts(text: string, line: number, spans: readonly Span[]): Excerpt[] {
    const values = this.#format.values(text, line);
    return spans.map(({ column, start, length }) => {
      const value = values[column] ?? null;
      if (value === null) return null;
      return { text: sliceCodePoints(value, start, length), characterCount: countCodePoints(value) };
    });
  }
}

async function byteOrderMarkLength(handle: FileHandle): Promise<number> {
  const { buffer } = await handle.read(Buffer.alloc(3), 0, 3, 0);
  return buffer.toString('hex') === 'efbbbf' ? 3 : 0;
}

async function* readChunks(handle: FileHandle, start: number, chunkBytes: number): AsyncGenerator<Buffer> {
  for (let position = start; ;) {
    // A new buffer for each chunk: records are views into it.
    const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, position);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    position += bytesRead;
  }
}

function readText(path: string, record: RawRecord): string {
  if (record.bytes === null) throw lineTooLong(path, record.line, record.byteLength, lineLimitBytes);
  return decodeRecord(path, record.bytes, record.line);
}
