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
  /** A call whose request is still being prepared when the port closes is not known to the link yet: nothing else would end it. */
  const underWay = new Set<() => void>();
  port.on('close', () => {
    closed = true;
    for (const fail of underWay) fail();
  });
  const untilClosed = <Output>(call: Promise<Output>): Promise<Output> =>
    new Promise((resolve, reject) => {
      const fail = () => reject(closedError());
      underWay.add(fail);
      call.then(resolve, reject).finally(() => underWay.delete(fail));
    });
  const translate = (thrown: unknown): unknown => {
    const error = fromRemoteError(thrown);
    return closed && error === thrown ? closedError() : error;
  };
  const link: ClientLink<Record<never, never>> = new RPCLink({
    port,
    interceptors: [
      ({ next }) => {
        if (closed) throw closedError();
        return mapErrors(() => untilClosed(next()), translate);
      },
    ],
  });
  return createORPCClient(link);
}
