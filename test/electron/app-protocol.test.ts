/** `app://workbench/` as the built main serves it: the renderer's files, each with the security headers, and nothing else. */
import { beforeAll, describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '../../main/security/index.ts';
import { dataFolderOfFile, startBuiltApp, type BuiltApp } from './built-app.ts';

const dataFolder = dataFolderOfFile();
let app: BuiltApp;

beforeAll(async () => {
  app = await startBuiltApp(dataFolder);
  await app.window();
});

const fetchApp = (url: string, method = 'GET') => app.electron.protocol.fetch(url, method);

it.each(['app://workbench/index.html', 'app://workbench/'])('serves %s', async (url) => {
  const response = await fetchApp(url);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const body = await response.text();
  expect(response.headers.get('content-length')).toBe(String(Buffer.byteLength(body)));
  expect(body).toContain('<title>Lucie Workbench</title>');
});

it('serves what index.html names, with its media type', async () => {
  const html = await (await fetchApp('app://workbench/index.html')).text();
  const script = /<script[^>]+src="([^"]+)"/.exec(html)?.[1] ?? 'absent';
  const response = await fetchApp(new URL(script, 'app://workbench/index.html').href);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
});

describe('never leaves the folder of the renderer', () => {
  it.each([
    'app://workbench/../../package.json',
    'app://workbench/%2e%2e/%2e%2e/package.json',
    'app://workbench/..%2f..%2fpackage.json',
    'app://workbench/assets/..%2f..%2f..%2fpackage.json',
    'app://workbench/..%5c..%5cpackage.json',
    'app://workbench/%2fetc%2fpasswd',
    'app://workbench//etc/passwd',
    'app://workbench/index.html%00.js',
    'app://workbench/%',
    'app://workbench/assets',
    'app://workbench/absent.js',
  ])('%s is not found', async (url) => {
    const response = await fetchApp(url);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('');
  });
});

it('refuses other hosts and other methods', async () => {
  expect((await fetchApp('app://other/index.html')).status).toBe(403);
  expect((await fetchApp('app://workbench/index.html', 'POST')).status).toBe(405);
});

it.each(['app://workbench/index.html', 'app://workbench/absent.js', 'app://other/index.html'])(
  'sends the security headers with %s',
  async (url) => {
    const { headers } = await fetchApp(url);
    expect(headers.get('content-security-policy')).toBe(contentSecurityPolicy);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  },
);
