/**
 * Files of a repository into a folder. Each is fetched and verified beside its final name; only when all of them are
 * there do they get their names, the one that makes the folder a model last. So whatever happens, a folder holds the old
 * model, none, or the new one.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Progress } from '../contract/progress.ts';
import type { HubAccess } from './access.ts';
import { checkSpace, diskError, freeBytes } from './disk.ts';
import { downloadFile, type FileSource } from './download-file.ts';
import type { HubFile } from './list-files.ts';
import { lockFolder } from './lock-folder.ts';
import { discard, PartFile, partPath, publish, receivedBefore, withdraw } from './part-file.ts';
import { cancelled } from './retry.ts';
import { checkPaths, preparePath } from './safe-path.ts';
import { isPresent, verifyFile } from './verify-file.ts';

export interface DownloadOptions {
  /** Made where it is not there. */
  to: string;
  signal: AbortSignal;
  onProgress?: (progress: Progress) => void;
  /** Told of every file once it is known to be right, before it has its name. */
  onFile?: (file: HubFile, how: 'downloaded' | 'present') => void;
  connections?: number;
  segmentBytes?: number;
  /** How often the journal is written. */
  checkpointMs?: number;
  /** Asked instead of the file system; for tests. */
  freeBytes?: (folder: string) => Promise<number>;
}

export interface DownloadOutcome {
  /** Files fetched by this call; the others were there. */
  downloaded: HubFile[];
}

/** What tells others that a folder is a model: published last. */
const markerFile = 'config.json';

interface Step {
  file: HubFile;
  path: string;
}

/**
 * @throws WorkbenchError `HUB_…`, `HASH_MISMATCH`, `DISK_FULL`, `FOLDER_UNWRITABLE`, `CANCELLED`; what arrived is kept
 * for the next call.
 */
export async function downloadFiles(
  access: HubAccess,
  source: FileSource,
  files: readonly HubFile[],
  options: DownloadOptions,
): Promise<DownloadOutcome> {
  checkPaths(files.map(({ path }) => path));
  await mkdir(options.to, { recursive: true }).catch((cause: unknown) => {
    throw diskError(options.to, cause);
  });
  const unlock = lockFolder(options.to);
  try {
    const missing = await findMissing(files, options);
    await fetchAll(access, source, missing, options);
    await publishAll(files, missing, options.to);
    return { downloaded: missing.map(({ file }) => file) };
  } finally {
    unlock();
  }
}

async function findMissing(files: readonly HubFile[], options: DownloadOptions): Promise<Step[]> {
  const { to, signal, onFile } = options;
  const progress = reporter('check', totalOf(files), options);
  const missing: Step[] = [];
  let checked = 0;
  for (const file of files) {
    if (signal.aborted) throw cancelled();
    const path = await preparePath(to, file.path);
    const done = checked;
    if (await isPresent(path, file, { signal, onProgress: (bytes) => progress(done + bytes) }))
      onFile?.(file, 'present');
    else missing.push({ file, path });
    progress((checked += file.byteLength));
  }
  return missing;
}

async function fetchAll(access: HubAccess, source: FileSource, steps: Step[], options: DownloadOptions): Promise<void> {
  const received = await Promise.all(steps.map(({ path, file }) => receivedBefore(path, file)));
  const total = totalOf(steps.map(({ file }) => file));
  let done = received.reduce((sum, bytes) => sum + bytes, 0);
  checkSpace(options.to, total - done, await (options.freeBytes ?? freeBytes)(options.to));
  const progress = reporter('download', total, options);
  progress(done);
  for (const step of steps) {
    await fetchOne(access, source, step, options, (bytes) => progress((done += bytes)));
    options.onFile?.(step.file, 'downloaded');
  }
}

/** Where the hash is wrong and some bytes are of an earlier run, those may be to blame: fetched once more from nothing. */
async function fetchOne(
  access: HubAccess,
  source: FileSource,
  { path, file }: Step,
  options: DownloadOptions,
  onBytes: (count: number) => void,
): Promise<void> {
  const { signal, connections = 4, segmentBytes = 32 << 20, checkpointMs = 1_000 } = options;
  const verifying = reporter('verify', file.byteLength, options);
  for (;;) {
    const part = await PartFile.open(path, file, { segmentBytes, checkpointMs });
    try {
      await downloadFile(access, source, part, { connections, signal, onBytes });
    } finally {
      await part.close();
    }
    const wrong = await verifyFile(partPath(path), file, { signal, onProgress: verifying });
    if (wrong === null) return;
    await discard(path);
    if (!part.resumed) throw wrong;
    onBytes(-file.byteLength);
  }
}

/** While the files are not of one kind the folder is no model: its marker goes first and comes back last. */
async function publishAll(files: readonly HubFile[], steps: Step[], to: string): Promise<void> {
  if (steps.length === 0) return;
  const marker = files.some(({ path }) => path === markerFile) ? join(to, markerFile) : null;
  if (marker !== null && steps.every(({ path }) => path !== marker)) await withdraw(marker);
  else if (marker !== null) await rm(marker, { force: true });
  for (const { path } of steps) if (path !== marker) await publish(path);
  if (marker !== null) await publish(marker);
}

function reporter(phase: string, total: number, { onProgress }: DownloadOptions): (done: number) => void {
  return (done) => onProgress?.({ phase, done, total, unit: 'bytes' });
}

function totalOf(files: readonly HubFile[]): number {
  return files.reduce((sum, { byteLength }) => sum + byteLength, 0);
}
