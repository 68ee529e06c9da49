/**
 * The failures of reading a user's file, each with what was found, where, and what the user can do.
 *
 * `details.reason` and `details.found` are stable words that the renderer translates; the message is the English text.
 */
import { basename } from 'node:path';
import { WorkbenchError, type ErrorDetails } from '../contract/errors.ts';

export type CorruptReason =
  | 'parquet-magic'
  | 'parquet-truncated'
  | 'parquet-invalid'
  | 'json-invalid'
  | 'json-not-object'
  | 'not-utf8'
  | 'gzip-invalid'
  | 'csv-open-quote'
  | 'csv-too-many-fields'
  | 'changed'
  | 'gone';

const corruptActions: Record<CorruptReason, string> = {
  'parquet-magic': 'Check that the file really is parquet, or copy it again from where it came.',
  'parquet-truncated': 'The copy or download seems incomplete: get the file again.',
  'parquet-invalid': 'The file may be damaged: get it again from where it came.',
  'json-invalid': 'Correct or delete that line; every line must hold one JSON object.',
  'json-not-object': 'Every line must hold one JSON object, for example {"text": "…"}.',
  'not-utf8': 'Convert the file to UTF-8, for example with: iconv -f latin1 -t utf-8.',
  'gzip-invalid': 'The copy or download seems incomplete: get the file again.',
  'csv-open-quote': 'Close the quoted field, or double the quotes inside it.',
  'csv-too-many-fields': 'Put the field that contains the separator between double quotes.',
  changed: 'Open the file again to read it as it is now.',
  gone: 'Put the file back, or open another one.',
};

export function corruptFile(
  path: string,
  reason: CorruptReason,
  message: string,
  options: { details?: ErrorDetails; cause?: unknown } = {},
): WorkbenchError {
  const name = basename(path);
  return new WorkbenchError('FILE_CORRUPT', `${name}: ${message}`, {
    action: corruptActions[reason],
    details: { path, name, reason, ...options.details },
    cause: options.cause,
  });
}

export function changedFile(path: string): WorkbenchError {
  return corruptFile(path, 'changed', 'the file was changed after it was opened.');
}

export function lineTooLong(path: string, line: number, byteLength: number, limitBytes: number): WorkbenchError {
  const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);
  return new WorkbenchError(
    'LINE_TOO_LONG',
    `${basename(path)}: line ${line} has ${megabytes(byteLength)} MB; the limit is ${megabytes(limitBytes)} MB.`,
    {
      action: 'Split that record into several lines, or convert the file to parquet, where values may be longer.',
      details: {
        path,
        name: basename(path),
        line,
        byteLength,
        limitBytes,
        megabytes: megabytes(byteLength),
        limitMegabytes: megabytes(limitBytes),
      },
    },
  );
}

export function notRegularFile(path: string, reason: 'directory' | 'not-a-file'): WorkbenchError {
  const kind = reason === 'directory' ? 'a folder' : 'not an ordinary file';
  return new WorkbenchError('FILE_UNREADABLE', `${path} is ${kind}; a dataset is one file.`, {
    action: 'Choose a .parquet, .jsonl or .csv file.',
    details: { path, name: basename(path), reason },
  });
}

/** A failed file-system call as a member of the family; anything else is returned as it came. */
export function fromFileSystem(path: string, thrown: unknown): unknown {
  const code = (thrown as NodeJS.ErrnoException | null)?.code;
  const details = { path, name: basename(path) };
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new WorkbenchError('FILE_NOT_FOUND', `There is no file at ${path}.`, {
      action: 'Check the path; the file may have been moved or deleted.',
      details,
      cause: thrown,
    });
  }
  if (code === 'EISDIR') return notRegularFile(path, 'directory');
  if (code === 'EACCES' || code === 'EPERM') {
    return new WorkbenchError('FILE_UNREADABLE', `The system does not allow reading ${path} (${code}).`, {
      action: 'Change the permissions of the file, or copy it to a folder of yours.',
      details: { ...details, reason: 'permission', systemCode: code },
      cause: thrown,
    });
  }
  if (code === 'ENOSPC') {
    return new WorkbenchError('FILE_UNREADABLE', `No space is left in the temporary folder to unpack ${path}.`, {
      action: 'Free some disk space, or unpack the file yourself and open the result.',
      details: { ...details, reason: 'no-space', systemCode: code },
      cause: thrown,
    });
  }
  if (typeof code !== 'string' || !/^E[A-Z0-9]+$/.test(code)) return thrown;
  return new WorkbenchError('FILE_UNREADABLE', `${path} could not be read (${code}).`, {
    action: 'Check the disk or the network drive, then try again.',
    details: { ...details, reason: 'system', systemCode: code },
    cause: thrown,
  });
}
