/**
 * A folder that electron-builder takes for an unpacked Electron: its files by name, and a program that holds nothing but a
 * fuse wire (sentinel, version 1, nine fuses) as @electron/fuses looks for it.
 */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const sentinel = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');
const fuseCount = 9;
/** The order of the wire, as @electron/fuses names it. */
const fuseNames = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
] as const;

export function writeStubElectron(folder: string, version: string): void {
  mkdirSync(join(folder, 'resources'), { recursive: true });
  mkdirSync(join(folder, 'locales'));
  const wire = Buffer.from(
    [1, fuseCount, ...'101100011'].map((value) => (typeof value === 'string' ? value.charCodeAt(0) : value)),
  );
  writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.from('before'), sentinel, wire, Buffer.from('after')]));
  writeFileSync(join(folder, 'chrome-sandbox'), '');
  for (const name of ['electron', 'chrome-sandbox']) chmodSync(join(folder, name), 0o755);
  for (const language of ['en-US', 'fr']) writeFileSync(join(folder, 'locales', `${language}.pak`), '');
  writeFileSync(join(folder, 'LICENSE'), 'Not Electron.');
  writeFileSync(join(folder, 'version'), version);
}

/** Which fuses of a program are on. */
export function readFuses(program: string): Record<string, boolean> {
  const bytes = readFileSync(program);
  const start = bytes.indexOf(sentinel) + sentinel.length + 2;
  return Object.fromEntries(fuseNames.map((name, index) => [name, bytes[start + index] === '1'.charCodeAt(0)]));
}
