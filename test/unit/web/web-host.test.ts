import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { implement } from '@orpc/server';
import { expect, onTestFinished, test } from 'vitest';
import WebSocket from 'ws';
import { contract } from '../../../main/contract/index.ts';
import { silentLogger } from '../../../main/logger/index.ts';
import type { WorkbenchRouter } from '../../../main/rpc/index.ts';
import { contentSecurityPolicy } from '../../../main/security/index.ts';
import { startWebHost } from '../../../main/web/index.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

interface Answer {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  body: string;
}

async function start() {
  const folder = temporaryFolder();
  const rendererFolder = join(folder, 'renderer');
  const uploadFolder = join(folder, 'uploads');
  mkdirSync(rendererFolder);
  // What a host that was killed left behind.
  mkdirSync(join(uploadFolder, 'old'), { recursive: true });
  writeFileSync(join(rendererFolder, 'index.html'), '<title>Lucie</title>');
  const router = { app: implement(contract.app) } as unknown as WorkbenchRouter;
  const host = await startWebHost({ router, rendererFolder, uploadFolder, logger: silentLogger, port: 0 });
  let stopped: Promise<void> | null = null;
  const stop = () => (stopped ??= host.stop());
  onTestFinished(stop);
  const { origin, port, hash } = new URL(host.url);
  const send = (method: string, path: string, headers: Record<string, string> = {}, body = '') =>
    new Promise<Answer>((resolve, reject) => {
      const sent = request(
        { host: '127.0.0.1', port, method, path, headers: { Origin: origin, ...headers } },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
          );
        },
      );
      sent.once('error', reject);
      sent.end(body);
    });
  const token = hash.slice('#token='.length);
  const openSession = async () => {
    const { headers } = await send('POST', '/session', {}, JSON.stringify({ token }));
    return String(headers['set-cookie']).split(';', 1)[0] ?? '';
  };
  const connectAs = (headers: Record<string, string>) =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`, { headers });
      socket.once('open', () =>
        setTimeout(() => (socket.readyState === WebSocket.OPEN ? resolve('open') : undefined), 100),
      );
      socket.once('close', (code) => resolve(`closed ${code}`));
      socket.once('unexpected-response', (_request, response) => resolve(`refused ${response.statusCode}`));
      // The host ends open connections; one that was refused has nothing to end and says so as an error.
      socket.on('error', () => undefined);
    });
  return { origin, port, token, send, openSession, connectAs, stop, uploadFolder };
}

test('pages carry the security headers', async () => {
  const { send } = await start();
  const page = await send('GET', '/');
  expect(page).toMatchObject({ status: 200, body: '<title>Lucie</title>' });
  expect(page.headers['content-security-policy']).toBe(contentSecurityPolicy);
  expect(page.headers['x-content-type-options']).toBe('nosniff');
});

test('a page under another host name (DNS rebinding) gets nothing; a tunnel to another local port does', async () => {
  const { send } = await start();
  expect((await send('GET', '/', { Host: 'evil.example:80' })).status).toBe(403);
  expect((await send('GET', '/', { Host: 'localhost:9999' })).status).toBe(200);
});

test('the token is exchanged for an HttpOnly SameSite cookie; a wrong one is not', async () => {
  const { send, token } = await start();
  const good = await send('POST', '/session', {}, JSON.stringify({ token }));
  expect(good.status).toBe(204);
  expect(String(good.headers['set-cookie'])).toMatch(/^lucie-session-\d+=\S+; HttpOnly; SameSite=Strict; Path=\/$/);
  for (const body of [JSON.stringify({ token: `${token}x` }), '{}', 'not json', 'x'.repeat(10_000)]) {
    expect((await send('POST', '/session', {}, body)).status).toBe(403);
  }
});

test('another origin can neither exchange a token nor connect', async () => {
  const { send, token, openSession, connectAs, origin } = await start();
  const cookie = await openSession();
  const Origin = 'http://evil.example';
  expect((await send('POST', '/session', { Origin }, JSON.stringify({ token }))).status).toBe(403);
  expect((await send('POST', '/upload?name=a', { Origin, Cookie: cookie }, 'x')).status).toBe(403);
  expect(await connectAs({ Origin, Cookie: cookie })).toBe('refused 403');
  expect(await connectAs({ Cookie: cookie })).toBe('refused 403');
  expect(await connectAs({ Origin: origin })).toBe('closed 4401');
  expect(await connectAs({ Origin: origin, Cookie: cookie })).toBe('open');
});

test('an upload needs the session and keeps its bytes until the host stops; its name cannot leave the folder', async () => {
  const { send, openSession, uploadFolder, stop } = await start();
  expect(existsSync(uploadFolder)).toBe(false);
  expect((await send('POST', '/upload?name=a.csv', {}, 'a,b')).status).toBe(401);
  const Cookie = await openSession();
  for (const name of ['données.csv', '../../etc/passwd', '..', '', `${'é'.repeat(250)}.csv`]) {
    const { status, body } = await send('POST', `/upload?name=${encodeURIComponent(name)}`, { Cookie }, 'a,b');
    expect(status).toBe(200);
    const { path } = JSON.parse(body) as { path: string };
    expect(path.startsWith(uploadFolder)).toBe(true);
    expect(path).not.toContain('..');
    expect(readFileSync(path, 'utf8')).toBe('a,b');
  }
  await stop();
  expect(existsSync(uploadFolder)).toBe(false);
});

test('an upload that is broken off leaves nothing', async () => {
  const { port, origin, send, openSession } = await start();
  const Cookie = await openSession();
  const { body } = await send('POST', '/upload?name=a.csv', { Cookie }, 'a,b');
  const folder = join((JSON.parse(body) as { path: string }).path, '../..');
  const socket = connect(Number(port), '127.0.0.1').on('error', () => undefined);
  const lines = [
    'POST /upload?name=b.csv HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    `Origin: ${origin}`,
    `Cookie: ${Cookie}`,
  ];
  socket.write(`${[...lines, 'Content-Length: 1000000'].join('\r\n')}\r\n\r\na,b`);
  await expect.poll(() => readdirSync(folder)).toHaveLength(2);
  socket.resetAndDestroy();
  await expect.poll(() => readdirSync(folder)).toHaveLength(1);
});

/** The first bytes of a WebSocket connection, by hand. */
function handshake(port: string, origin: string): string {
  const lines = ['GET /rpc HTTP/1.1', `Host: 127.0.0.1:${port}`, `Origin: ${origin}`, 'Connection: Upgrade'];
  lines.push('Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==');
  return `${lines.join('\r\n')}\r\n\r\n`;
}

// What is not caught in the host fails the run: Vitest reports uncaught exceptions.
test('strangers who break the connection do not break the host', async () => {
  const { port, origin, send } = await start();
  const reset = connect(Number(port), '127.0.0.1').on('error', () => undefined);
  await once(reset, 'connect');
  reset.write(handshake(port, 'http://evil.example'), () => reset.resetAndDestroy());
  const refused = connect(Number(port), '127.0.0.1').on('error', () => undefined);
  refused.write(handshake(port, 'http://evil.example'));
  await once(refused, 'data');
  refused.resetAndDestroy();
  const garbled = connect(Number(port), '127.0.0.1').on('error', () => undefined);
  garbled.write(Buffer.concat([Buffer.from(handshake(port, origin)), Buffer.from([0xff, 0xff, 0, 0])]));
  await once(garbled, 'data');
  expect((await send('GET', '/')).status).toBe(200);
});

test('a refused connection that stays half open does not keep the host from stopping', async () => {
  const { port, stop } = await start();
  const halfOpen = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true }).on('error', () => undefined);
  halfOpen.write(handshake(port, 'http://evil.example'));
  await once(halfOpen, 'data');
  await stop();
  halfOpen.destroy();
});

test('a port that is taken is an error', async () => {
  const { port } = await start();
  const folders = { rendererFolder: '', uploadFolder: join(temporaryFolder(), 'uploads') };
  const options = { router: {} as WorkbenchRouter, logger: silentLogger, port: Number(port), ...folders };
  await expect(startWebHost(options)).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
