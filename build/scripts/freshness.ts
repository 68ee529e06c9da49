/** Whether the bundles in `out/` are as new as the sources, so that starting does not build for nothing. */
import { mkdir, readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');
const stamp = join(root, 'out', '.built');
const sources = [
  'main',
  'renderer',
  'electron.vite.config.ts',
  'svelte.config.js',
  'package.json',
  'package-lock.json',
];

export async function isBuilt(): Promise<boolean> {
  const builtAt = await modifiedAt(stamp);
  if (builtAt === 0) return false;
  const times = await Promise.all(sources.map((source) => newest(join(root, source))));
  return Math.max(...times) <= builtAt;
}

/** Stamped with the time at which the build began: what is saved during a build is not in it. */
export async function markBuilt(begunAt: Date): Promise<void> {
  await mkdir(join(root, 'out'), { recursive: true });
  await writeFile(stamp, '');
  await utimes(stamp, begunAt, begunAt);
}

async function newest(path: string): Promise<number> {
  const entry = await stat(path);
  if (!entry.isDirectory()) return entry.mtimeMs;
  const times = await Promise.all((await readdir(path)).map((name) => newest(join(path, name))));
  return Math.max(entry.mtimeMs, ...times);
}

async function modifiedAt(path: string): Promise<number> {
  return stat(path).then(
    (file) => file.mtimeMs,
    () => 0,
  );
}
