/**
 * Finds the Electron program, and fetches it where it is not there yet: since version 42 the `electron` package does so
 * only on request. `null`, with the reason on standard error in one line, where it cannot be had.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './freshness.ts';

const downloadTimeoutMs = 180_000;

export function electronBinary({ download }: { download: boolean }): string | null {
  const found = findBinary();
  if (found !== null || !download) return found;
  console.error('Electron is being downloaded (about 120 MB, once)…');
  const { status, stderr, error } = spawnSync(process.execPath, [join(root, 'node_modules/electron/install.js')], {
    encoding: 'utf8',
    timeout: downloadTimeoutMs,
  });
  const binary = findBinary();
  if (binary === null) {
    const lines = (error?.message ?? stderr ?? '').split('\n');
    const reason = lines.find((line) => /error/i.test(line))?.trim() ?? `it ended with code ${status}`;
    console.error(`Electron could not be downloaded (${reason}); the workbench opens in the browser instead.`);
  }
  return binary;
}

function findBinary(): string | null {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(root, 'node_modules/electron/dist');
  const pathFile = join(root, 'node_modules/electron/path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : 'electron';
  const binary = join(folder, name);
  return existsSync(binary) ? binary : null;
}
