/**
 * The one error family of the workbench.
 *
 * An error says what was wrong (actual and expected values), and what the user can do about it. It keeps its code on its
 * way from the engine or data process through the main side to the renderer, which translates the code; `message` is the
 * English text for the command line and the log.
 */
import { z } from 'zod';

export const errorCodes = [
  'INVALID_INPUT',
  'MODEL_NOT_FOUND',
  'MODEL_FILE_MISSING',
  'MODEL_FILE_CORRUPT',
  'MODEL_FILE_UNSAFE',
  'MODEL_SHAPE_MISMATCH',
  'MODEL_NOT_LOADED',
  'MEMORY_INSUFFICIENT',
  'MODEL_UNSUPPORTED',
  'MODEL_VERIFICATION_FAILED',
  'MODEL_NOT_REMOVABLE',
  'TOKENIZER_INVALID',
  'TOKENIZER_CRASHED',
  'CHAT_TEMPLATE_INVALID',
  'SEARCH_INVALID',
  'PROMPT_EMPTY',
  'CONTEXT_EXCEEDED',
  'GRAMMAR_INVALID',
  'NO_TOKEN_ALLOWED',
  'INSPECTION_TOO_LONG',
  'INSPECTION_UNSUPPORTED',
  'ENGINE_BUSY',
  'ENGINE_CRASHED',
  'ENGINE_UNAVAILABLE',
  'OUT_OF_MEMORY',
  'DEVICE_LOST',
  'DATA_PROCESS_CRASHED',
  'CONVERSION_CRASHED',
  'JOB_NOT_FOUND',
  'FILE_NOT_FOUND',
  'FILE_UNREADABLE',
  'FILE_FORMAT_UNKNOWN',
  'FILE_CORRUPT',
  'FILE_TOO_LARGE',
  'LINE_TOO_LONG',
  'DATASET_NOT_OPEN',
  'ROW_NOT_FOUND',
  'COLUMN_NOT_FOUND',
  'CONVERSATION_NOT_FOUND',
  'CONVERSATION_BUSY',
  'CONVERSATION_READ_ONLY',
  'CONVERSATION_FILE_INVALID',
  'FOLDER_NOT_FOUND',
  'MESSAGE_NOT_FOUND',
  'COMPARISON_NOT_FOUND',
  'STORE_UNREADABLE',
  'HUB_UNREACHABLE',
  'HUB_RATE_LIMITED',
  'HUB_NOT_FOUND',
  'HUB_FORBIDDEN',
  'HUB_RESPONSE_INVALID',
  'HASH_MISMATCH',
  'DISK_FULL',
  'FOLDER_UNWRITABLE',
  'FOLDER_BUSY',
  'CANCELLED',
  'CONNECTION_LOST',
  'INTERNAL',
] as const;

export const errorCodeSchema = z.enum(errorCodes);
export type ErrorCode = z.infer<typeof errorCodeSchema>;

/** Values that a translated message may mention, by name: `{ tokens: 1200, limit: 1024 }`. */
export const errorDetailsSchema = z.record(z.string(), z.union([z.string(), z.number()]));
export type ErrorDetails = z.infer<typeof errorDetailsSchema>;

/** An error as data: what is stored with a failed message and what crosses a process border. */
export const errorReportSchema = z.object({
  code: errorCodeSchema,
  message: z.string(),
  /** What the user can do, in English. */
  action: z.string(),
  details: errorDetailsSchema,
});
export type ErrorReport = z.infer<typeof errorReportSchema>;

export class WorkbenchError extends Error {
  override readonly name = 'WorkbenchError';
  readonly code: ErrorCode;
  readonly action: string;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, options: { action: string; details?: ErrorDetails; cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.action = options.action;
    this.details = options.details ?? {};
  }

  toReport(): ErrorReport {
    return { code: this.code, message: this.message, action: this.action, details: this.details };
  }

  static fromReport(report: ErrorReport, cause?: unknown): WorkbenchError {
    return new WorkbenchError(report.code, report.message, { action: report.action, details: report.details, cause });
  }

  /** Any thrown value as a member of the family; an unexpected one becomes `INTERNAL` and keeps its cause. */
  static from(thrown: unknown): WorkbenchError {
    if (thrown instanceof WorkbenchError) return thrown;
    if (thrown instanceof Error && thrown.name === 'AbortError') {
      return new WorkbenchError('CANCELLED', 'The operation was cancelled.', {
        action: 'Start it again.',
        cause: thrown,
      });
    }
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return new WorkbenchError('INTERNAL', message, {
      action: 'Try again; if it happens again, report it with the log file.',
      cause: thrown,
    });
  }
}

/** Closes an exhaustive switch; reached only when a value escaped its type. */
export function missingCase(value: never): never {
  throw new WorkbenchError('INTERNAL', `Unexpected case: ${JSON.stringify(value)}`, {
    action: 'Report this: the program met a value that its types exclude.',
  });
}
