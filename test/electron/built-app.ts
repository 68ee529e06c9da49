/**
 * Starts the built main process over the double of `electron`, with a data folder of its own and a real Chromium. Once a
 * test file: modules are loaded once, and each test file has its own process.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll } from 'vitest';
import { repositoryFolder } from '../fixtures/workbench.ts';
import type { AppSituation } from './double/app.ts';
import type { BrowserWindowDouble } from './double/browser-window.ts';
import { launchChromium } from './double/chromium.ts';
import { createElectronDouble, type ElectronDouble } from './double/index.ts';
import { importByNode, provideElectron } from './double/module-hook.ts';

export const builtMain = join(repositoryFolder, 'out', 'main', 'index.js');
export const builtPreload = join(repositoryFolder, 'out', 'preload', 'index.cjs');

export interface BuiltApp {
  electron: ElectronDouble;
  dataFolder: string;
  /** The only window, with its page loaded. */
  window(): Promise<{ window: BrowserWindowDouble; page: Page; problems: PageProblems }>;
}

export interface PageProblems {
  /** Messages of a violated content security policy. */
  violations: string[];
  /** What the page threw, or logged as an error. */
  errors: string[];
}

/** A data folder that goes when the test file has ended. */
export function dataFolderOfFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lucie-electron-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Registered when the test file is read: a hook that a hook or a test registers is not run. */
const running: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const stop of running.reverse()) await stop();
});

export async function startBuiltApp(
  dataFolder: string,
  situation: Partial<AppSituation> = {},
  mainFile = builtMain,
): Promise<BuiltApp> {
  if (!existsSync(mainFile)) throw new Error(`${mainFile} is missing: npm run build`);
  process.env.LUCIE_DATA = dataFolder;
  const chromium = await launchChromium('fr-FR');
  const full = { isPackaged: false, isSecondInstance: false, locale: 'fr', ...situation };
  const electron = createElectronDouble(chromium.context, full);
  running.push(async () => {
    electron.app.quit();
    await electron.app.exited;
    await chromium.close();
  });
  const problems = new Map<Page, PageProblems>();
  chromium.context.on('page', (page) => problems.set(page, watchPage(page)));
  provideElectron(electron);
  await importByNode(pathToFileURL(mainFile).href);
  electron.app.becomeReady();
  const window = async () => {
    const found = await waitFor('a window', () =>
      electron.BrowserWindow.getAllWindows().find(({ isShown }) => isShown),
    );
    const page = await found.webContents.page;
    return { window: found, page, problems: problems.get(page) ?? { violations: [], errors: [] } };
  };
  return { electron, dataFolder, window };
}

/** Polls until `read` gives a value; a test must say what it waits for. */
export async function waitFor<Value>(
  what: string,
  read: () => Value | undefined | Promise<Value | undefined>,
  withinMs = 20_000,
): Promise<Value> {
  for (const end = Date.now() + withinMs; Date.now() < end;) {
    const value = await read();
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`There was no ${what} within ${withinMs} ms.`);
}

function watchPage(page: Page): PageProblems {
  const problems: PageProblems = { violations: [], errors: [] };
  page.on('pageerror', (error) => problems.errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    (message.text().includes('Content Security Policy') ? problems.violations : problems.errors).push(message.text());
  });
  return problems;
}
