/** The first instance keeps the data folder; a later start only brings its window to the front. */
import { beforeAll, expect, it } from 'vitest';
import { dataFolderOfFile, startBuiltApp, waitFor, type BuiltApp } from './built-app.ts';

const dataFolder = dataFolderOfFile();
let app: BuiltApp;

beforeAll(async () => {
  app = await startBuiltApp(dataFolder);
});

it('focuses the window when a second instance is started', async () => {
  const { window } = await app.window();
  app.electron.app.emit('second-instance');
  expect(window.focusCount).toBe(1);
  window.minimize();
  app.electron.app.emit('second-instance');
  expect(window.isMinimized()).toBe(false);
  expect(window.focusCount).toBe(2);
  expect(app.electron.BrowserWindow.getAllWindows()).toHaveLength(1);
});

it('does not open a second window when it is activated', async () => {
  await app.window();
  app.electron.app.emit('activate');
  expect(app.electron.BrowserWindow.getAllWindows()).toHaveLength(1);
});

it('ends when its last window is closed', async () => {
  const { window } = await app.window();
  window.close();
  await waitFor('quit', () => (app.electron.app.quitCount > 0 ? true : undefined));
  expect(await app.electron.app.exited).toBe(0);
});
