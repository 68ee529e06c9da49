/** Space on the disk, asked for before a download begins, and what its errors mean. */
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { WorkbenchError } from '../contract/errors.ts';

/** Bytes that this user may still write under `folder`, which need not exist yet. */
export async function freeBytes(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (cause) {
    const parent = dirname(folder);
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT' && parent !== folder) return freeBytes(parent);
    throw diskError(folder, cause);
  }
}

/** @throws WorkbenchError `DISK_FULL` */
export function checkSpace(folder: string, neededBytes: number, availableBytes: number): void {
  if (neededBytes <= availableBytes) return;
  const text = `${folder} has ${gigabytes(availableBytes)} free; ${gigabytes(neededBytes)} are still to be downloaded.`;
  throw new WorkbenchError('DISK_FULL', text, {
    action: 'Free some space, or choose a folder on another disk.',
    details: { path: folder, bytes: neededBytes, limit: availableBytes },
  });
}

/** A failed write, as a member of the family. */
export function diskError(path: string, cause: unknown): WorkbenchError {
  if (cause instanceof WorkbenchError) return cause;
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new WorkbenchError('DISK_FULL', `There is no space left to write ${path}.`, {
      action: 'Free some space, then start again: what has arrived is kept.',
      details: { path },
      cause,
    });
  }
  return new WorkbenchError('FOLDER_UNWRITABLE', `${path} cannot be written (${code ?? String(cause)}).`, {
    action: 'Check your permissions, or choose another folder.',
    details: { path },
    cause,
  });
}

function gigabytes(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
