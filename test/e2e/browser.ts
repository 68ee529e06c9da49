/**
 * A real Chromium on the browser host: `lucie serve` is started as a user would, with its own data folder, and every
 * request that leaves its origin is recorded. Nothing here proves anything about Electron.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { BrowserContext, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { launchChromium } from '../fixtures/chromium.ts';
import { repositoryFolder } from '../fixtures/workbench.ts';

const artefactFolder = join(repositoryFolder, 'test', 'artefacts');

export interface Served {
  url: string;
  process: ChildProcess;
  /** Ends the process as a power cut would. */
  kill(): Promise<void>;
  /** Of the engine process that runs now: the child of the host whose command line names it. */
  engineProcessId(): Promise<number>;
}

export async function serve(dataFolder: string, environment: Record<string, string> = {}): Promise<Served> {
  const { HF_TOKEN: _token, HF_ENDPOINT: _endpoint, ...inherited } = process.env;
  const child = spawn(process.execPath, [join(repositoryFolder, 'out/main/cli.js'), 'serve', '--data', dataFolder], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...inherited, ...environment },
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  onTestFinished(kill);
  const errors: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text));
  for await (const line of createInterface({ input: child.stdout })) {
    const [url] = /http:\/\/\S+/.exec(line) ?? [];
    if (url !== undefined)
      return { url, process: child, kill, engineProcessId: () => childRunning(child.pid, 'engine-process') };
  }
  throw new Error(`lucie serve printed no URL: ${errors.join('')}`);
}

/** Linux only, as these tests are: /proc tells a process's children and what they run. */
async function childRunning(parent: number | undefined, name: string): Promise<number> {
  const children = await readFile(`/proc/${parent}/task/${parent}/children`, 'utf8');
  for (const id of children.trim().split(/\s+/)) {
    if ((await readFile(`/proc/${id}/cmdline`, 'utf8')).includes(name)) return Number(id);
  }
  throw new Error(`Process ${parent} has no child that runs ${name}.`);
}

export function newDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lucie-e2e-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Visit {
  page: Page;
  context: BrowserContext;
  /** Requests that leave this machine, and messages of a violated content security policy. Must stay empty. */
  violations: string[];
  /** Errors that the page threw or logged. */
  pageErrors: string[];
}

export interface Look {
  width?: number;
  height?: number;
  colorScheme?: 'light' | 'dark';
  locale?: string;
}

export async function visit(url: string, look: Look = {}): Promise<Visit> {
  const { context, close } = await launchChromium({
    viewport: { width: look.width ?? 1_440, height: look.height ?? 900 },
    colorScheme: look.colorScheme ?? 'light',
    locale: look.locale ?? 'fr-FR',
    acceptDownloads: false,
  });
  onTestFinished(close);
  const violations: string[] = [];
  const pageErrors: string[] = [];
  const page = context.pages()[0] ?? (await context.newPage());
  page.on('request', (request) => {
    const target = new URL(request.url());
    if (target.hostname !== '127.0.0.1' && !['data:', 'blob:'].includes(target.protocol))
      violations.push(request.url());
  });
  page.on('pageerror', (error) => pageErrors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    (message.text().includes('Content Security Policy') ? violations : pageErrors).push(message.text());
  });
  await page.goto(url);
  return { page, context, violations, pageErrors };
}

/** A picture that is kept after the run, for someone to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(artefactFolder, { recursive: true });
  await page.screenshot({ path: join(artefactFolder, `${name}.png`), animations: 'disabled' });
}
