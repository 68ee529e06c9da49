/** The built application as its user meets it: one locked-down window, our page in it, a model that answers. */
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { defaultSampling } from '../../main/contract/index.ts';
import { contentSecurityPolicy } from '../../main/security/index.ts';
import { repositoryFolder } from '../fixtures/workbench.ts';
import { dataFolderOfFile, startBuiltApp, waitFor, type BuiltApp } from './built-app.ts';
import { connect } from './connect.ts';

const dataFolder = dataFolderOfFile();
let app: BuiltApp;

beforeAll(async () => {
  app = await startBuiltApp(dataFolder);
});

it('opens exactly one window, sandboxed, isolated and without Node', async () => {
  const { window } = await app.window();
  expect(app.electron.BrowserWindow.getAllWindows()).toHaveLength(1);
  expect(window.options.webPreferences).toEqual({
    preload: join(repositoryFolder, 'out', 'preload', 'index.cjs'),
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    spellcheck: false,
  });
  expect(app.electron.app.isSandboxed).toBe(true);
  expect(app.electron.protocol.privileges.get('app')).toMatchObject({ standard: true, secure: true });
  expect(app.electron.protocol.privileges.get('app')).not.toHaveProperty('bypassCSP');
});

it('keeps what Electron stores inside the data folder', () => {
  expect(app.electron.app.paths.get('userData')).toBe(join(dataFolder, 'electron'));
});

it('shows the engine ready, over a message port and from a utility process', async () => {
  const { page } = await app.window();
  await page.locator('[data-testid="engine-state"][data-state="ready"]').waitFor({ timeout: 20_000 });
  expect(await page.evaluate(() => window.luciehost?.kind)).toBe('electron');
  expect(app.electron.utilityProcess.started.map(({ options }) => options.serviceName)).toContain('Lucie engine');
});

it('answers a question typed into the window', async () => {
  const { page } = await app.window();
  await page.locator('[data-testid="engine-state"][data-state="ready"]').waitFor();
  await (await connect(app)).settings.update({ sampling: { ...defaultSampling, temperature: 0 } });
  await page.locator('textarea').fill('Quelle est la capitale de la France ?');
  await page.getByTestId('send').click();
  await page.getByText('La capitale de la France est Paris.').first().waitFor({ timeout: 20_000 });
});

it('hands the path of a file through the preload', async () => {
  const { page } = await app.window();
  const path = await page.evaluate(() => window.luciehost?.pathForFile(new File(['x'], 'textes.parquet')));
  expect(path).toBe('/files-of-the-double/textes.parquet');
});

it('gives the page nothing of Node or Electron', async () => {
  const { page } = await app.window();
  const found = await page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer'].filter((name) => name in globalThis),
  );
  expect(found).toEqual([]);
});

it('connects again after a reload', async () => {
  const { page } = await app.window();
  await page.reload();
  await page.locator('[data-testid="engine-state"][data-state="ready"]').waitFor({ timeout: 20_000 });
  await page.getByText('Quelle est la capitale de la France ?').first().waitFor();
});

it('sends the content security policy, and the page keeps to it', async () => {
  const { page, problems } = await app.window();
  const response = await page.reload();
  expect(await response?.headerValue('content-security-policy')).toBe(contentSecurityPolicy);
  await page.locator('[data-testid="engine-state"][data-state="ready"]').waitFor();
  expect(problems).toEqual({ violations: [], errors: [] });
  expect(app.electron.requests.filter(({ outcome }) => outcome !== 'served')).toEqual([]);
  await page.evaluate(() => fetch('https://example.com/').catch(() => undefined));
  expect(await waitFor('violation', () => problems.violations[0])).toContain('connect-src');
});
