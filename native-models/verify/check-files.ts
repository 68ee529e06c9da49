/** Every file that workbench.json records: there, a plain file, of the recorded size and content. */
import { join } from 'node:path';
import { ExportError } from '../export-error.ts';
import type { WrittenFile } from '../files/atomic-file.ts';
import { hashFile } from '../files/hash-file.ts';
import { plainFileSize } from '../files/plain-file.ts';
import { locationFault } from '../onnx/external-location.ts';
import { failed, passed, type Check, type CheckSubject } from './report.ts';

export interface CheckFilesOptions {
  readonly folder: string;
  readonly files: Readonly<Record<string, WrittenFile>>;
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: ((done: number, total: number) => void) | undefined;
}

export async function checkFiles({ folder, files, signal, onBytes }: CheckFilesOptions): Promise<Check[]> {
  const total = Object.values(files).reduce((sum, { byteLength }) => sum + byteLength, 0);
  const checks: Check[] = [];
  let before = 0;
  for (const [name, recorded] of Object.entries(files)) {
    signal?.throwIfAborted();
    const from = before;
    const onFileBytes = (done: number) => onBytes?.(Math.min(from + done, total), total);
    checks.push(await checkFile(folder, name, recorded, { signal, onBytes: onFileBytes }));
    before += recorded.byteLength;
  }
  return checks;
}

async function checkFile(
  folder: string,
  name: string,
  recorded: WrittenFile,
  options: { signal: AbortSignal | undefined; onBytes: (done: number) => void },
): Promise<Check> {
  const subject: CheckSubject = { kind: 'file', variant: null, subject: name, compared: 'size and SHA-256' };
  const fault = locationFault(name);
  if (fault !== null) return failed(subject, 'the name of a file of the folder', `${name}: ${fault}`);
  let byteLength: number | null;
  try {
    byteLength = await plainFileSize(folder, name);
  } catch (error) {
    if (error instanceof ExportError) return failed(subject, 'a plain file', error.message);
    throw error;
  }
  if (byteLength !== recorded.byteLength) {
    return failed(subject, `${recorded.byteLength} bytes`, byteLength === null ? 'no file' : `${byteLength} bytes`);
  }
  const { sha256 } = await hashFile(join(folder, name), options);
  return sha256 === recorded.sha256 ? passed(subject) : failed(subject, recorded.sha256, sha256);
}
