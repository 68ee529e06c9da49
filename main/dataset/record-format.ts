/** What JSON lines and CSV differ in, given that both are records in a byte stream. */
import { isUtf8 } from 'node:buffer';
import type { DatasetFormat } from '../contract/dataset.ts';
import { corruptFile } from './file-errors.ts';
import type { RecordBoundary } from './record-splitter.ts';
import type { Column } from './source.ts';

export interface RecordFormat {
  readonly format: DatasetFormat;
  boundary(): RecordBoundary;
  /** Called for every record of the file once, in order: checks it, learns the columns. False where it is no row. */
  inspect(text: string, line: number): boolean;
  /** The columns, once every record was inspected. */
  columns(): Column[];
  /** The values of a row as text, in the order of the columns; `null` is a missing value. */
  values(text: string, line: number): (string | null)[];
}

/** @throws FILE_CORRUPT where the bytes are not UTF-8 */
export function decodeRecord(path: string, bytes: Buffer, line: number): string {
  if (!isUtf8(bytes)) {
    throw corruptFile(path, 'not-utf8', `line ${line} is not UTF-8 text.`, { details: { line } });
  }
  return bytes.toString('utf8');
}

export function isBlank(text: string): boolean {
  return text.trim() === '';
}
