/**
 * Unpacks a .gz once into the temporary folder of the system, because an archive cannot be read from the middle.
 * Where the system allows it the copy has no name while it is used, so that no crash can leave it behind.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { corruptFile } from './file-errors.ts';
import type { RecordFile } from './record-source.ts';

/** @throws FILE_CORRUPT where the archive is damaged; the signal's reason where it is aborted */
export async function unpackGzip(path: string, signal?: AbortSignal): Promise<RecordFile> {
  const folder = await mkdtemp(join(tmpdir(), 'lucie-workbench-'));
  const dataPath = join(folder, 'unpacked');
  const discard = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const target = createWriteStream(dataPath, { flags: 'wx', mode: 0o600 });
    await pipeline(createReadStream(path), createGunzip(), target, ...(signal === undefined ? [] : [{ signal }]));
    return { path, dataPath, discard };
  } catch (error) {
    await discard();
    const code = (error as NodeJS.ErrnoException).code;
    if (code?.startsWith('Z_') !== true) throw error;
    throw corruptFile(path, 'gzip-invalid', `the gzip archive is damaged or incomplete (${code}).`, { cause: error });
  }
}
