import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findRendererFile } from '../../../main/security/index.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

function renderer(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'renderer', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.json'), '{}');
  writeFileSync(join(folder, 'renderer', 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'renderer', 'assets', 'été.js'), 'x');
  writeFileSync(join(folder, 'renderer', 'assets', 'tool.exe'), 'x');
  return join(folder, 'renderer');
}

test('files of the renderer are found with their media type', async () => {
  const folder = renderer();
  expect(await findRendererFile(folder, '/')).toMatchObject({ mediaType: 'text/html; charset=utf-8', byteLength: 15 });
  expect(await findRendererFile(folder, '/assets/%C3%A9t%C3%A9.js')).toMatchObject({ byteLength: 1 });
});

test.each([
  '/../secret.json',
  '/%2e%2e/secret.json',
  '/..%2fsecret.json',
  '/assets/../../secret.json',
  '/assets',
  '/assets/tool.exe',
  '/%00',
  '/%E0%A4%A',
])('nothing is found at %s', async (path) => {
  expect(await findRendererFile(renderer(), path)).toBeNull();
});
