/**
 * The browser host: the same renderer and the same contract over HTTP and a WebSocket on 127.0.0.1. It is also the way
 * to use a GPU server from a laptop through an SSH tunnel.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { rm } from 'node:fs/promises';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Logger } from '../logger/index.ts';
import { serveWebSocket, type WorkbenchRouter } from '../rpc/index.ts';
import { Access } from './access.ts';
import { readSmallJson, respond, respondWithFile } from './respond.ts';
import { receiveUpload } from './upload.ts';

/** A pasted text travels as one message. */
const messageLimit = 64 * 2 ** 20;
const unauthorisedCode = 4401;

export interface WebHost {
  /** With the token in its fragment: whoever has this URL may use the workbench until it stops. */
  url: string;
  stop(): Promise<void>;
}

export async function startWebHost(options: {
  router: WorkbenchRouter;
  rendererFolder: string;
  logger: Logger;
  /** For this host alone: emptied when it starts and when it stops. */
  uploadFolder: string;
  /** 0 lets the system choose. */
  port: number;
}): Promise<WebHost> {
  const { router, rendererFolder, uploadFolder, logger } = options;
  const access = new Access();
  // A host that was killed could not empty it.
  await rm(uploadFolder, { recursive: true, force: true });
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      logger.log('warn', 'A request failed', { url: request.url?.split('?', 1)[0], error });
      if (!response.headersSent) respond(response, 500, 'The request failed; see the log.');
      else response.destroy();
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (!access.isLoopbackHost(request)) return respond(response, 403, 'Forbidden host');
    if (request.method === 'GET' || request.method === 'HEAD') {
      return respondWithFile(response, rendererFolder, url.pathname);
    }
    if (request.method !== 'POST' || !access.isSameOrigin(request)) return respond(response, 403, 'Forbidden origin');
    if (url.pathname === '/session') return openSession(request, response);
    if (!access.hasSession(request)) return respond(response, 401, 'Open the URL that the workbench printed.');
    if (url.pathname === '/upload') {
      const path = await receiveUpload(request, url.searchParams.get('name') ?? '', uploadFolder);
      return respond(response, 200, JSON.stringify({ path }), { 'Content-Type': 'application/json' });
    }
    respond(response, 404, 'Not found');
  }

  async function openSession(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = (await readSmallJson(request)) as { token?: unknown } | null;
    const cookie = typeof body?.token === 'string' ? access.exchange(body.token) : null;
    if (cookie === null) return respond(response, 403, 'Wrong token');
    respond(response, 204, '', { 'Set-Cookie': cookie });
  }

  // Receiving a large file may take longer than the five minutes that Node gives a request.
  server.requestTimeout = 0;

  // One message a turn, or an abort overtakes its request (`process/serve-port.ts`).
  const oneMessageATurn = { allowSynchronousEvents: false };
  const sockets = new WebSocketServer({ noServer: true, maxPayload: messageLimit, ...oneMessageATurn });
  server.on('upgrade', (request, socket, head) => {
    if (request.url !== '/rpc' || !access.isSameOrigin(request)) {
      return refuseUpgrade(socket);
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', (error) => logger.log('warn', 'A connection broke', { error }));
      if (!access.hasSession(request)) {
        return webSocket.close(unauthorisedCode, 'Open the URL that the workbench printed.');
      }
      void serveWebSocket(router, webSocket, logger);
    });
  });

  await listen(server, options.port);
  const { port } = server.address() as AddressInfo;
  access.usePort(port);
  return {
    url: `http://127.0.0.1:${port}/#token=${access.token}`,
    async stop() {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(uploadFolder, { recursive: true, force: true });
    },
  };
}

/** Node leaves a socket that asks for an upgrade without error handling and without a time limit. */
function refuseUpgrade(socket: Duplex): void {
  socket.on('error', () => socket.destroy());
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n', () => socket.destroy());
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}
