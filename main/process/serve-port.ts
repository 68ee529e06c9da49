/** Answers calls that arrive over a port with a router; used by the service processes and by the Electron host. */
import { RPCHandler } from '@orpc/server/message-port';
import type { AnyContractRouter } from '@orpc/contract';
import type { Router } from '@orpc/server';
import { WorkbenchError } from '../contract/errors.ts';
import type { Logger } from '../logger/index.ts';
import { mapErrors, toRemoteError } from './error-transport.ts';
import type { ProcessPort } from './port.ts';

/** Any router of ours: none needs a context. */
export type AnyRouter = Router<AnyContractRouter, Record<never, never>>;

/** What every server of ours adds to a procedure call, whatever the transport. */
export function serverInterceptors(logger: Logger) {
  return [
    (options: { path: readonly string[]; next: () => Promise<unknown> }): Promise<unknown> =>
      mapErrors(
        () => options.next(),
        (thrown) => {
          // A caller that went away is no failure: every closed window would leave a line for each of its streams.
          const isCancelled = WorkbenchError.from(thrown).code === 'CANCELLED';
          logger.log(isCancelled ? 'debug' : 'warn', `${options.path.join('.')} failed`, { error: thrown });
          return toRemoteError(thrown);
        },
      ),
  ];
}

export function servePort(router: AnyRouter, port: ProcessPort, logger: Logger): void {
  const handler = new RPCHandler(router, { clientInterceptors: serverInterceptors(logger) as never });
  handler.upgrade(oneMessageATurn(port), { context: {} });
}

/**
 * oRPC waits once more before it knows a request than before it knows an abort. Of two that come in one batch (this process was at work, or
 * the caller changed its mind at once) the abort would find no request, and the request would run to its end.
 */
function oneMessageATurn(port: ProcessPort): ProcessPort {
  return {
    postMessage: (message) => port.postMessage(message),
    on: (event, listener) => port.on(event, (value) => void setImmediate(() => listener(value))),
  };
}
