/** Serves the router over one WebSocket connection of the `ws` package. */
import { RPCHandler } from '@orpc/server/ws';
import type { WebSocket } from 'ws';
import type { Logger } from '../logger/index.ts';
import { serverInterceptors } from '../process/index.ts';
import type { WorkbenchRouter } from './router.ts';

export async function serveWebSocket(router: WorkbenchRouter, socket: WebSocket, logger: Logger): Promise<void> {
  const handler = new RPCHandler(router, { clientInterceptors: serverInterceptors(logger) as never });
  await handler.upgrade(socket, { context: {} });
}
