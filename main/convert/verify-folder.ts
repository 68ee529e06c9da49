/**
 * Whether a model folder is what it was when it was written: downloaded files against the hub's hashes, exported ones against the
 * exporter's record, its graph against its configuration, and parts of it against a slow calculation.
 */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { WorkbenchError } from '../contract/errors.ts';
import type { Verification, VerificationCheck } from '../contract/verification.ts';
import { verifyFile, type HubFile } from '../hub/index.ts';
import { verifyModel } from '../../native-models/index.ts';
import { conversionError } from './conversion-error.ts';
import type { ConvertOptions } from './convert-model.ts';
import { recordedFiles } from './recorded-files.ts';
import { verificationOf } from './verification-report.ts';

/** An export into a downloaded folder replaces this one. */
const replacedByExport = 'config.json';

/** @throws WorkbenchError `MODEL_FILE_MISSING` where the folder has no record to verify against. */
export async function verifyFolder(folder: string, options: ConvertOptions): Promise<Verification> {
  const isExported = await isFile(join(folder, 'workbench.json'));
  const files = await recordedFiles(folder);
  if (!isExported && files === null) {
    throw new WorkbenchError('MODEL_FILE_MISSING', `${folder} holds neither workbench.json nor hub.json.`, {
      action: 'Only models that the workbench downloaded or converted can be verified.',
      details: { file: 'workbench.json' },
    });
  }
  const downloaded = (files ?? []).filter(({ path }) => !isExported || path !== replacedByExport);
  const checks = await checkDownloaded(folder, downloaded, options);
  if (!isExported) return { passed: checks.every(({ passed }) => passed), checks };
  try {
    const { signal, onProgress } = options;
    const report = await verifyModel(folder, { signal, onProgress: (progress) => onProgress?.(progress) });
    const exported = verificationOf(report);
    const passed = exported.passed && checks.every((check) => check.passed);
    return { passed, checks: [...checks, ...exported.checks] };
  } catch (thrown) {
    throw conversionError(thrown);
  }
}

async function checkDownloaded(
  folder: string,
  files: readonly HubFile[],
  { signal = new AbortController().signal, onProgress }: ConvertOptions,
): Promise<VerificationCheck[]> {
  const total = files.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const checks: VerificationCheck[] = [];
  let before = 0;
  for (const file of files) {
    const done = before;
    const report = (bytes: number): void => onProgress?.({ phase: 'check', done: done + bytes, total, unit: 'bytes' });
    checks.push(await checkFile(folder, file, signal, report));
    before += file.byteLength;
    report(file.byteLength);
  }
  return checks;
}

async function checkFile(
  folder: string,
  file: HubFile,
  signal: AbortSignal,
  onProgress: (bytes: number) => void,
): Promise<VerificationCheck> {
  const path = join(folder, file.path);
  const isThere = await isFile(path);
  const wrong = isThere ? await verifyFile(path, file, { signal, onProgress }) : null;
  const detail = isThere ? (wrong?.message ?? `${file.byteLength} bytes, ${file.hash.value}`) : 'The file is missing.';
  const passed = isThere && wrong === null;
  return { name: 'file', subject: file.path, passed, detail, difference: null, tolerance: null };
}

function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
