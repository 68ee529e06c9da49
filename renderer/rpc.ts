/**
 * The renderer's side of the contract: the client's type, and any thrown value as the error family's data.
 * Calls go through `Connection.client`; streams that must survive a lost connection through `follow`.
 */
import { ORPCError } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { errorCodeSchema, errorDetailsSchema, WorkbenchError, type ErrorReport } from '../main/contract/errors.ts';
import type { WorkbenchContract } from '../main/contract/index.ts';

export type Client = ContractRouterClient<WorkbenchContract>;

/** Never throws; what is not of the family becomes `INTERNAL`, an abort `CANCELLED`. */
export function toErrorReport(thrown: unknown): ErrorReport {
  if (thrown instanceof ORPCError) return fromRemote(thrown);
  if (isAbort(thrown)) return { code: 'CANCELLED', message: 'The operation was cancelled.', action: '', details: {} };
  return WorkbenchError.from(thrown).toReport();
}

export function isAbort(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'AbortError';
}

/** What a call fails with while the main side cannot be reached. */
export function connectionLost(cause?: unknown): WorkbenchError {
  return new WorkbenchError('CONNECTION_LOST', 'The connection to the workbench was lost.', {
    action: 'Wait for it to come back; if it does not, start the workbench again.',
    cause,
  });
}

function fromRemote(error: ORPCError<string, unknown>): ErrorReport {
  const code = errorCodeSchema.safeParse(error.code);
  const data = typeof error.data === 'object' && error.data !== null ? error.data : {};
  const action = 'action' in data && typeof data.action === 'string' ? data.action : '';
  const details = errorDetailsSchema.safeParse('details' in data ? data.details : {});
  return {
    code: code.data ?? (error.code === 'BAD_REQUEST' ? 'INVALID_INPUT' : 'INTERNAL'),
    message: error.message,
    action,
    details: details.data ?? {},
  };
}
