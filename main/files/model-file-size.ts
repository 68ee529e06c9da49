/** A file that ONNX Runtime will open, checked to be nothing but a file; and the exporter's errors in the workbench's words. */
import { WorkbenchError, type ErrorCode } from '../contract/errors.ts';
import { ExportError, plainFileSize, type ExportErrorCode } from '../../native-models/formats.ts';

/** In bytes; `null` where there is none. `name` is relative to `folder`. @throws WorkbenchError `MODEL_FILE_UNSAFE` */
export async function modelFileSize(folder: string, name: string): Promise<number | null> {
  return plainFileSize(folder, name).catch((error: unknown) => {
    throw modelFileError(error, folder, name);
  });
}

const codes: Partial<Record<ExportErrorCode, ErrorCode>> = {
  'graph.invalid': 'MODEL_FILE_CORRUPT',
  'graph.unsafe': 'MODEL_FILE_UNSAFE',
  'file.unsafe': 'MODEL_FILE_UNSAFE',
};

/** Anything that is not about the content of a model file is returned as it is. */
export function modelFileError(error: unknown, folder: string, file: string): unknown {
  const code = error instanceof ExportError ? codes[error.code] : undefined;
  if (!(error instanceof ExportError) || code === undefined) return error;
  const message = error.code === 'file.unsafe' ? error.message : `${file} in ${folder}: ${error.message}`;
  return new WorkbenchError(code, message, {
    action: error.action,
    details: { folder, file, reason: error.message },
    cause: error,
  });
}
