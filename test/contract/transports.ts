/** The contract's client over each transport that a host uses. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import WebSocket from 'ws';
import { WorkbenchError, type WorkbenchContract } from '../../main/contract/index.ts';
import { silentLogger } from '../../main/logger/index.ts';
import { connectPort, fromRemoteError, mapErrors, servePort, type ProcessPort } from '../../main/process/index.ts';
import type { WorkbenchRouter } from '../../main/rpc/index.ts';
import { startWebHost } from '../../main/web/index.ts';
import { portPair } from '../fixtures/port-pair.ts';

export type Client = ContractRouterClient<WorkbenchContract>;

export interface Connection {
  client: Client;
  close(): Promise<void>;
}

export type Connect = (router: WorkbenchRouter) => Promise<Connection>;

const lost = () => new WorkbenchError('CONNECTION_LOST', 'The connection is closed.', { action: 'Reconnect.' });

function overPorts(router: WorkbenchRouter, left: ProcessPort, right: ProcessPort, close: () => void): Connection {
  servePort(router, right, silentLogger);
  const client = connectPort<WorkbenchContract>(left, lost);
  return { client, close: () => Promise.resolve(close()) };
}

const inMemory: Connect = (router) => {
  const { left, right, close } = portPair();
  return Promise.resolve(overPorts(router, left, right, close));
};

const messagePort: Connect = (router) => {
  const { port1, port2 } = new MessageChannel();
  const [left, right] = [port1, port2].map((port): ProcessPort => ({
    postMessage: (message) => port.postMessage(message),
    on: (event, listener) => {
      port.on(event as 'message', (data: unknown) => listener(event === 'message' ? { data } : undefined));
    },
  })) as [ProcessPort, ProcessPort];
  return Promise.resolve(overPorts(router, left, right, () => port1.close()));
};

/** Through the real loopback host: token, cookie, Host and Origin checks included. */
const webSocket: Connect = async (router) => {
  const folder = mkdtempSync(join(tmpdir(), 'lucie-contract-'));
  const folders = { rendererFolder: folder, uploadFolder: join(folder, 'uploads') };
  const host = await startWebHost({ router, logger: silentLogger, port: 0, ...folders });
  const { origin, host: name, hash } = new URL(host.url);
  const session = await fetch(`${origin}/session`, {
    method: 'POST',
    headers: { Origin: origin },
    body: JSON.stringify({ token: hash.slice('#token='.length) }),
  });
  const cookie = session.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
  const socket = new WebSocket(`ws://${name}/rpc`, { headers: { Cookie: cookie, Origin: origin } });
  const link = new RPCLink({
    websocket: socket as unknown as globalThis.WebSocket,
    interceptors: [({ next }) => mapErrors(() => next(), fromRemoteError)],
  });
  const close = async () => {
    socket.close();
    await host.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { client: createORPCClient(link), close };
};

export const transports: [string, Connect][] = [
  ['in memory', inMemory],
  ['message port', messagePort],
  ['websocket', webSocket],
];
