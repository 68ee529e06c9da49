/**
 * The same application in the real Electron, where its program is installed. Where it is not, nothing shows that Electron
 * starts our files, that its sandbox, archive and fuses do what their settings say, or that the native packages fit its ABI.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { electronBinary } from '../../build/scripts/electron-binary.ts';
import { repositoryFolder } from '../fixtures/workbench.ts';

const binary = electronBinary({ download: false });
const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
const missing = binary === null ? 'no Electron program in node_modules/electron' : hasDisplay ? null : 'no display';
const notice =
  missing === null
    ? ''
    : ` (skipped: ${missing}; not proved: that Electron starts, its sandbox, asar, fuses, the native packages' ABI)`;
if (missing !== null) console.warn(`test:electron${notice}`);

describe.skipIf(missing !== null)(`the workbench in the real Electron${notice}`, () => {
  let dataFolder: string;
  let app: ElectronApplication;
  let page: Page;

  beforeAll(async () => {
    dataFolder = mkdtempSync(join(tmpdir(), 'lucie-real-electron-'));
    // Chromium's sandbox refuses to run for root, as in a container.
    const args = process.getuid?.() === 0 ? ['--no-sandbox', repositoryFolder] : [repositoryFolder];
    const env = { ...process.env, LUCIE_DATA: dataFolder } as Record<string, string>;
    app = await _electron.launch({ ...(binary === null ? {} : { executablePath: binary }), args, env });
    page = await app.firstWindow();
  });

  afterAll(async () => {
    await app.close();
    rmSync(dataFolder, { recursive: true, force: true });
  });

  it('shows one window of ours with the engine ready', async () => {
    expect(page.url()).toMatch(/^app:\/\/workbench\//);
    expect(app.windows()).toHaveLength(1);
    await page.locator('[data-testid="engine-state"][data-state="ready"]').waitFor({ timeout: 30_000 });
  });

  it('gives the page neither Node nor Electron', async () => {
    const found = await page.evaluate(() => ['require', 'process', 'Buffer'].filter((name) => name in globalThis));
    expect(found).toEqual([]);
    expect(await page.evaluate(() => Object.keys(window.luciehost ?? {}))).toEqual(['kind', 'pathForFile']);
  });

  it('runs its services as utility processes', async () => {
    const names = await app.evaluate(({ app: electron }) => electron.getAppMetrics().map(({ name }) => name));
    expect(names).toContain('Lucie engine');
  });

  it('answers', async () => {
    await page.locator('textarea').fill('Quelle est la capitale de la France ?');
    await page.getByTestId('send').click();
    await page.getByText('Paris').first().waitFor({ timeout: 20_000 });
  });
});
