/**
 * Reads an asar archive: four little-endian 32-bit sizes (the second is the header's, the fourth its JSON's), the header as
 * nested JSON, then the files one after the other (https://github.com/electron/asar, "Format"). Files marked `unpacked` lie
 * in `<archive>.unpacked` instead.
 */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Entry {
  files?: Record<string, Entry>;
  unpacked?: boolean;
  /** Bytes after the header, as text. */
  offset?: string;
  size?: number;
}

export interface ArchivedFile {
  path: string;
  isUnpacked: boolean;
  content: Buffer;
}

export function readAsar(archive: string): ArchivedFile[] {
  const bytes = readFileSync(archive);
  const contentStart = 8 + bytes.readUInt32LE(4);
  const header = JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12))) as Entry;
  return listFiles(header, '').map(({ path, entry }) => {
    const start = contentStart + Number(entry.offset ?? 0);
    const isUnpacked = entry.unpacked === true;
    return { path, isUnpacked, content: bytes.subarray(start, isUnpacked ? start : start + (entry.size ?? 0)) };
  });
}

/** The application as a folder, the way Electron's file functions present it. */
export function extractAsar(archive: string, folder: string): void {
  for (const { path, isUnpacked, content } of readAsar(archive)) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    if (isUnpacked) cpSync(join(`${archive}.unpacked`, path), target);
    else writeFileSync(target, content);
  }
}

function listFiles(entry: Entry, path: string): { path: string; entry: Entry }[] {
  if (entry.files === undefined) return [{ path, entry }];
  return Object.entries(entry.files).flatMap(([name, child]) =>
    listFiles(child, path === '' ? name : `${path}/${name}`),
  );
}
