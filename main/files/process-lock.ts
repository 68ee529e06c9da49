/**
 * A lock that is a file with the id of the process that holds it. One left by a process that is gone is taken over; our own
 * number in a file that we do not hold is that of an earlier process.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isRunning } from '../../native-models/formats.ts';

const held = new Set<string>();

export type Lock = { release: () => void } | { heldBy: number };

/** Throws what the file system throws where the file can be neither read nor written. */
export function takeLock(path: string): Lock {
  const owner = lockHolder(path);
  if (owner !== null) return { heldBy: owner };
  writeFileSync(path, String(process.pid));
  held.add(path);
  const release = () => {
    rmSync(path, { force: true });
    held.delete(path);
  };
  return { release };
}

/** The process that holds the lock, this one included; `null` where none does. */
export function lockHolder(path: string): number | null {
  return held.has(path) ? process.pid : livingOwner(path);
}

function livingOwner(path: string): number | null {
  const owner = Number(readOrEmpty(path));
  if (!Number.isSafeInteger(owner) || owner <= 0 || owner === process.pid) return null;
  return isRunning(owner) ? owner : null;
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
