/** What a window may not do, asked of the policy that the built main installed, and tried from inside the real page. */
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { dataFolderOfFile, startBuiltApp, waitFor, type BuiltApp } from './built-app.ts';
import type { Permission } from './double/session.ts';

const ourUrl = 'app://workbench/index.html';
const dataFolder = dataFolderOfFile();
let app: BuiltApp;

beforeAll(async () => {
  app = await startBuiltApp(dataFolder);
  await app.window();
});

describe('permissions', () => {
  const refused: Permission[] = [
    'clipboard-read',
    'geolocation',
    'media',
    'openExternal',
    'fileSystem',
    'midi',
    'hid',
    'usb',
    'serial',
    'display-capture',
    'fullscreen',
    'pointerLock',
    'unknown',
  ];

  it.each(refused)('%s is denied to our own page', async (permission) => {
    const { window } = await app.window();
    const { defaultSession } = app.electron.session;
    expect(await defaultSession.askPermission(window.webContents, permission, ourUrl)).toBe(false);
    expect(defaultSession.checkPermission(permission, 'app://workbench')).toBe(false);
  });

  it.each(['clipboard-sanitized-write', 'notifications'] as const)(
    '%s is granted to our own page only',
    async (permission) => {
      const { window } = await app.window();
      const { defaultSession } = app.electron.session;
      const ask = (url: string) => defaultSession.askPermission(window.webContents, permission, url);
      expect(await ask(ourUrl)).toBe(true);
      expect(await ask('https://example.com/')).toBe(false);
      expect(defaultSession.checkPermission(permission, 'app://workbench/')).toBe(true);
      expect(defaultSession.checkPermission(permission, 'https://example.com')).toBe(false);
    },
  );
});

describe('navigation', () => {
  it('to a web page goes to the user’s browser and leaves the window where it is', async () => {
    const { page, window } = await app.window();
    await page.evaluate(() => (location.href = 'https://example.com/navigated'));
    await waitFor(
      'opened link',
      () => app.electron.shell.opened.includes('https://example.com/navigated') || undefined,
    );
    expect(window.webContents.getURL()).toMatch(/^app:\/\/workbench\//);
    expect(await page.evaluate(() => document.title)).toContain('Lucie Workbench');
  });

  it.each(['http://example.com/', 'file:///etc/passwd', 'app://other/index.html', 'mailto:a@example.com', 'x-app:run'])(
    'to %s is refused altogether',
    async (url) => {
      const { window } = await app.window();
      const before = app.electron.shell.opened.length;
      expect(window.webContents.isPrevented('will-navigate', url)).toBe(true);
      expect(window.webContents.isPrevented('will-redirect', url)).toBe(true);
      expect(app.electron.shell.opened).toHaveLength(before);
    },
  );

  it('within our own page is left alone', async () => {
    const { window } = await app.window();
    expect(window.webContents.isPrevented('will-navigate', ourUrl)).toBe(false);
  });

  it('of a webview is refused before it exists', async () => {
    const { window } = await app.window();
    expect(window.webContents.isPrevented('will-attach-webview', 'https://example.com/')).toBe(true);
  });
});

describe('a new window', () => {
  const openFromPage = async (url: string) => {
    const { page, window } = await app.window();
    const { popups } = window.webContents;
    const before = popups.length;
    await page.evaluate((target) => void open(target), url);
    return waitFor('popup', () => popups[before]);
  };

  it('is never opened; a link goes to the user’s browser', async () => {
    expect(await openFromPage('https://example.com/popup')).toEqual({
      url: 'https://example.com/popup',
      action: 'deny',
    });
    expect(app.electron.shell.opened).toContain('https://example.com/popup');
  });

  it('on our own page is not opened either', async () => {
    const before = [...app.electron.shell.opened];
    expect(await openFromPage('/index.html')).toEqual({ url: 'app://workbench/index.html', action: 'deny' });
    expect(app.electron.shell.opened).toEqual(before);
    expect(app.electron.BrowserWindow.getAllWindows()).toHaveLength(1);
  });
});

describe('the network', () => {
  const isCancelled = (url: string) => app.electron.session.defaultSession.isCancelled(url);

  it.each([
    'https://example.com/',
    'http://localhost:5173/',
    'ws://localhost:5173/',
    'wss://example.com/',
    'file:///x',
  ])('%s is cancelled', async (url) => {
    expect(await isCancelled(url)).toBe(true);
  });

  it.each(['app://workbench/index.html', 'data:text/plain,x', 'blob:app://workbench/1'])(
    '%s is let through',
    async (url) => {
      expect(await isCancelled(url)).toBe(false);
    },
  );

  it('reaches the development server, and it alone, in a development run', async () => {
    process.env.ELECTRON_RENDERER_URL = 'http://localhost:5173/';
    onTestFinished(() => void delete process.env.ELECTRON_RENDERER_URL);
    expect(await isCancelled('http://localhost:5173/main.ts')).toBe(false);
    expect(await isCancelled('ws://localhost:5173/')).toBe(false);
    expect(await isCancelled('http://localhost:5174/main.ts')).toBe(true);
    expect(await isCancelled('https://example.com/')).toBe(true);
  });
});
