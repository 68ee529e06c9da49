/** A typed client over a port. Once the port is closed every pending and later call fails with `closedError()`. */
import { createORPCClient, type ClientLink } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { AnyContractRouter, ContractRouterClient } from '@orpc/contract';
import type { WorkbenchError } from '../contract/errors.ts';
import { fromRemoteError, mapErrors } from './error-transport.ts';
import type { ProcessPort } from './port.ts';

export function connectPort<Contract extends AnyContractRouter>(
  port: ProcessPort,
  closedError: () => WorkbenchError,
): ContractRouterClient<Contract> {
  let closed = false;
  port.on('close', () => (closed = true));
  const translate = (thrown: unknown): unknown => {
    const error = fromRemoteError(thrown);
    return closed && error === thrown ? closedError() : error;
  };
  const link: ClientLink<Record<never, never>> = new RPCLink({
    port,
    interceptors: [
      ({ next }) => {
        if (closed) throw closedError();
        return mapErrors(() => next(), translate);
      },
    ],
  });
  return createORPCClient(link);
}
