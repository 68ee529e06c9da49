/** From a path to a dataset that can be read: finds the format, opens its source, describes it. */
import { createHash } from 'node:crypto';
import { open, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Dataset } from '../contract/dataset.ts';
import { missingCase } from '../contract/errors.ts';
import { chooseTextColumn } from './choose-text-column.ts';
import { csv } from './csv.ts';
import { detectFile, type DetectedFile } from './detect-format.ts';
import { fromFileSystem } from './file-errors.ts';
import { jsonLines } from './json-lines.ts';
import { isLucieLayout } from './lucie-layout.ts';
import { openParquet } from './parquet-source.ts';
import { openRecords, type RecordFile } from './record-source.ts';
import type { Source } from './source.ts';
import { unpackGzip } from './unpack-gzip.ts';

export interface OpenedDataset {
  dataset: Dataset;
  source: Source;
  file: DetectedFile;
}

/** @throws FILE_NOT_FOUND, FILE_UNREADABLE, FILE_FORMAT_UNKNOWN, FILE_CORRUPT, LINE_TOO_LONG */
export async function openDataset(path: string, signal?: AbortSignal): Promise<OpenedDataset> {
  try {
    const file = await detectFile(path);
    const source = await openSource(path, file, signal);
    try {
      return { dataset: await describe(path, file, source), source, file };
    } catch (error) {
      await source.close();
      throw error;
    }
  } catch (error) {
    throw fromFileSystem(path, error);
  }
}

async function describe(path: string, file: DetectedFile, source: Source): Promise<Dataset> {
  return {
    id: datasetId(path),
    path,
    name: basename(path),
    format: file.format,
    byteLength: file.byteLength,
    rowCount: source.rowCount,
    columns: source.columns.map(({ name, type }) => ({ name, type })),
    textColumn: await chooseTextColumn(source),
    isLucieLayout: isLucieLayout(source.columns),
    embedded: false,
  };
}

/** The same file always has the same id, so that a dataset can be opened again in a restarted process. */
export function datasetId(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 16);
}

/** An absolute path from what a person pastes: with quotes around it, `~`, a `file:` address, spaces at the ends. */
export async function resolvePath(typed: string): Promise<string> {
  const bare = typed.trim().replace(/^(["'])(.*)\1$/, '$2');
  if (/^file:\/\//i.test(bare)) return resolve(fileURLToPath(bare));
  const path = resolve(bare.replace(/^~(?=$|[\\/])/, homedir()));
  // One file, one id, also through a link; a path that does not exist is reported by the caller, as it was typed.
  return realpath(path).catch(() => path);
}

async function openSource(path: string, file: DetectedFile, signal: AbortSignal | undefined): Promise<Source> {
  const { format } = file;
  if (format === 'parquet') return openParquet(path);
  const records: RecordFile = file.gzipped
    ? await unpackGzip(path, signal)
    : { path, dataPath: path, discard: () => Promise.resolve() };
  if (format === 'jsonl') return openRecords(records, jsonLines(path), signal);
  if (format === 'csv') return openRecords(records, csv(path, await readHead(records.dataPath)), signal);
  return missingCase(format);
}

async function readHead(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(65_536), 0, 65_536, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
