/** The line under Electron: the preload answers a posted request with one end of a message port. */
import { RPCLink } from '@orpc/client/message-port';
import type { Line, LineEnd } from './connection.ts';

const ANSWER_WITHIN_MS = 10_000;

export async function dialMessagePort(signal: AbortSignal): Promise<Line> {
  const port = await requestPort(signal);
  const closed = new Promise<LineEnd>((resolve) =>
    port.addEventListener('close', () => resolve('lost'), { once: true }),
  );
  const link = new RPCLink({ port });
  port.start();
  return { link, closed };
}

async function requestPort(signal: AbortSignal): Promise<MessagePort> {
  const listening = new AbortController();
  const limit = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
  try {
    return await new Promise<MessagePort>((resolve, reject) => {
      const receive = (event: MessageEvent<unknown>) => {
        const port = event.ports[0];
        if (event.source === window && isPortMessage(event.data) && port !== undefined) resolve(port);
      };
      window.addEventListener('message', receive, { signal: listening.signal });
      limit.addEventListener('abort', () => reject(limit.reason as Error), { signal: listening.signal });
      window.postMessage({ type: 'lucie:connect' }, window.location.origin);
    });
  } finally {
    listening.abort();
  }
}

function isPortMessage(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === 'lucie:port';
}
