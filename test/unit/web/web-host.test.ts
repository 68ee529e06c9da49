import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
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
  const rendererFolder = join(temporaryFolder(), 'renderer');
  mkdirSync(rendererFolder);
  writeFileSync(join(rendererFolder, 'index.html'), '<title>Lucie</title>');
  const router = { app: implement(contract.app) } as unknown as WorkbenchRouter;
  const host = await startWebHost({ router, rendererFolder, logger: silentLogger, port: 0 });
  onTestFinished(() => host.stop());
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
  const connect = (headers: Record<string, string>) =>
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
  return { origin, port, token, send, openSession, connect };
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
  const { send, token, openSession, connect, origin } = await start();
  const cookie = await openSession();
  const Origin = 'http://evil.example';
  expect((await send('POST', '/session', { Origin }, JSON.stringify({ token }))).status).toBe(403);
  expect((await send('POST', '/upload?name=a', { Origin, Cookie: cookie }, 'x')).status).toBe(403);
  expect(await connect({ Origin, Cookie: cookie })).toBe('refused 403');
  expect(await connect({ Cookie: cookie })).toBe('refused 403');
  expect(await connect({ Origin: origin })).toBe('closed 4401');
  expect(await connect({ Origin: origin, Cookie: cookie })).toBe('open');
});

test('an upload needs the session and keeps its bytes; its name cannot leave the folder', async () => {
  const { send, openSession } = await start();
  expect((await send('POST', '/upload?name=a.csv', {}, 'a,b')).status).toBe(401);
  const Cookie = await openSession();
  for (const name of ['données.csv', '../../etc/passwd', '..', '']) {
    const { status, body } = await send('POST', `/upload?name=${encodeURIComponent(name)}`, { Cookie }, 'a,b');
    expect(status).toBe(200);
    const { path } = JSON.parse(body) as { path: string };
    expect(path).toContain('lucie-uploads-');
    expect(path).not.toContain('..');
    expect(readFileSync(path, 'utf8')).toBe('a,b');
  }
});
