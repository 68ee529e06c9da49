/** Whether a model folder is what it was when it was written: every recorded file, by size and hash. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { WorkbenchError } from '../contract/errors.ts';
import type { Verification, VerificationCheck } from '../contract/verification.ts';
import { verifyFile, type HubFile } from '../hub/index.ts';
import { recordedFiles } from './recorded-files.ts';
import type { ConvertOptions } from './convert-model.ts';

/** @throws WorkbenchError `MODEL_FILE_MISSING` where the folder has no record to verify against. */
export async function verifyFolder(folder: string, { signal, onProgress }: ConvertOptions): Promise<Verification> {
  const files = await recordedFiles(folder);
  if (files.length === 0) {
    throw new WorkbenchError('MODEL_FILE_MISSING', `${folder} holds neither workbench.json nor hub.json.`, {
      action: 'Only models that the workbench downloaded or converted can be verified.',
      details: { file: 'workbench.json' },
    });
  }
  const total = files.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const checks: VerificationCheck[] = [];
  let before = 0;
  for (const file of files) {
    const done = before;
    const report = (bytes: number): void => onProgress?.({ phase: 'check', done: done + bytes, total, unit: 'bytes' });
    checks.push(await checkFile(folder, file, signal ?? new AbortController().signal, report));
    before += file.byteLength;
    report(file.byteLength);
  }
  return { passed: checks.every(({ passed }) => passed), checks };
}

async function checkFile(
  folder: string,
  file: HubFile,
  signal: AbortSignal,
  onProgress: (bytes: number) => void,
): Promise<VerificationCheck> {
  const path = join(folder, file.path);
  const isThere = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  const wrong = isThere ? await verifyFile(path, file, { signal, onProgress }) : null;
  const detail = isThere ? (wrong?.message ?? `${file.byteLength} bytes, ${file.hash.value}`) : 'The file is missing.';
  const passed = isThere && wrong === null;
  return { name: 'hash', subject: file.path, passed, detail, difference: null, tolerance: null };
}
