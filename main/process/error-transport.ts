/** Carries the error family over oRPC: out as a typed `ORPCError`, in as a `WorkbenchError`, in streams too. */
import { mapEventIterator, ORPCError } from '@orpc/client';
import { errorCodeSchema, errorReportSchema, WorkbenchError } from '../contract/errors.ts';

export function toRemoteError(thrown: unknown): unknown {
  if (thrown instanceof ORPCError) {
    return thrown.code === 'BAD_REQUEST' ? toRemoteError(invalidInput(thrown)) : thrown;
  }
  const error = WorkbenchError.from(thrown);
  const { code, message, action, details } = error.toReport();
  return new ORPCError(code, { message, data: { action, details }, cause: error });
}

export function fromRemoteError(thrown: unknown): unknown {
  if (!(thrown instanceof ORPCError)) return thrown;
  const data: unknown = thrown.data;
  const report = errorReportSchema.safeParse({
    action: '',
    details: {},
    ...(typeof data === 'object' ? data : {}),
    code: errorCodeSchema.safeParse(thrown.code).data ?? 'INTERNAL',
    message: thrown.message,
  });
  return report.success ? WorkbenchError.fromReport(report.data, thrown) : WorkbenchError.from(thrown);
}

/** Runs `call`; what it throws, and what its stream throws later, goes through `map`. */
export async function mapErrors<Output>(
  call: () => Promise<Output>,
  map: (thrown: unknown) => unknown,
): Promise<Output> {
  let output: Output;
  try {
    output = await call();
  } catch (thrown) {
    throw map(thrown);
  }
  return isStream(output) ? (withStreamErrors(output, map) as Output) : output;
}

function withStreamErrors(stream: AsyncIterator<unknown>, map: (thrown: unknown) => unknown): AsyncIterator<unknown> {
  return mapEventIterator(stream, {
    value: (value) => Promise.resolve(value),
    error: (error) => Promise.resolve(map(error)),
  });
}

function isStream(value: unknown): value is AsyncIterator<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value && 'next' in value;
}

function invalidInput(error: ORPCError<string, unknown>): WorkbenchError {
  const data = error.data as { issues?: { message: string; path?: PropertyKey[] }[] } | undefined;
  const issues = (data?.issues ?? []).map(({ message, path }) => `${(path ?? []).map(String).join('.')}: ${message}`);
  return new WorkbenchError('INVALID_INPUT', `The request was refused: ${issues.join('; ') || error.message}`, {
    action: 'Correct the named values.',
    cause: error,
  });
}
