/** Whether the disk has room for what is about to be written: asked before the first byte, and told clearly when it fails later. */
import { statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ExportError } from '../export-error.ts';

/** `folder` need not exist yet. Throws `disk.full`. */
export async function requireDiskSpace(folder: string, byteLength: number): Promise<void> {
  const available = await availableBytes(resolve(folder));
  if (byteLength > available) throw diskFull(folder, byteLength, available);
}

async function availableBytes(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(folder) === folder) throw error;
    return availableBytes(dirname(folder));
  }
}

/** For a failed write: turns "no space left" into an `ExportError`, and throws anything else as it is. */
export function diskFullOr(path: string, byteLength: number): (error: unknown) => never {
  return (error) => {
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'ENOSPC' || code === 'EDQUOT' ? diskFull(path, byteLength, 0, error) : error;
  };
}

function diskFull(path: string, needed: number, available: number, cause?: unknown): ExportError {
  return new ExportError('disk.full', `${path}: ${needed} bytes are needed, ${available} are free on this disk.`, {
    action: 'Free some space, or choose a folder on another disk.',
    details: { path, expected: needed, actual: available },
    cause,
  });
}
