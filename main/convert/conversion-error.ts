/** The exporter's errors as members of the workbench's family: it imports nothing from here, so they are translated at this border. */
import { WorkbenchError, type ErrorCode, type ErrorDetails } from '../contract/errors.ts';
import { ExportError, type ExportErrorCode, type ExportErrorDetails } from '../../native-models/formats.ts';

const codes: Record<ExportErrorCode, ErrorCode> = {
  'safetensors.invalid': 'MODEL_FILE_CORRUPT',
  'safetensors.unsupported': 'MODEL_UNSUPPORTED',
  'tensor.missing': 'MODEL_SHAPE_MISMATCH',
  'tensor.shape': 'MODEL_SHAPE_MISMATCH',
  'config.invalid': 'MODEL_FILE_CORRUPT',
  'config.unsupported': 'MODEL_UNSUPPORTED',
  'architecture.unknown': 'MODEL_UNSUPPORTED',
  'source.missing': 'MODEL_FILE_MISSING',
  'source.unsafe': 'MODEL_FILE_UNSAFE',
  'source.network': 'HUB_UNREACHABLE',
  'source.changed': 'HASH_MISMATCH',
  'disk.full': 'DISK_FULL',
  'output.busy': 'FOLDER_BUSY',
  'graph.unsafe': 'MODEL_FILE_UNSAFE',
  'file.unsafe': 'MODEL_FILE_UNSAFE',
  'worker.failed': 'CONVERSION_CRASHED',
  'graph.invalid': 'MODEL_FILE_CORRUPT',
  'verification.failed': 'MODEL_VERIFICATION_FAILED',
  'request.invalid': 'INVALID_INPUT',
};

/** Anything that was thrown; what is not the exporter's stays as it is. */
export function conversionError(thrown: unknown): unknown {
  if (!(thrown instanceof ExportError)) return thrown;
  return new WorkbenchError(codes[thrown.code], thrown.message, {
    action: thrown.action,
    details: plainDetails(thrown.code, thrown.details),
    cause: thrown,
  });
}

/** Lists become text; a full disk has the names that the hub's errors give its numbers. */
function plainDetails(code: ExportErrorCode, details: ExportErrorDetails): ErrorDetails {
  const plain: ErrorDetails = {};
  for (const [name, value] of Object.entries(details)) {
    if (value === null) continue;
    plain[name] = typeof value === 'string' || typeof value === 'number' ? value : value.join(', ');
  }
  if (code !== 'disk.full') return plain;
  const { expected, actual, ...others } = plain;
  return {
    ...others,
    ...(expected === undefined ? {} : { bytes: expected }),
    ...(actual === undefined ? {} : { limit: actual }),
  };
}
