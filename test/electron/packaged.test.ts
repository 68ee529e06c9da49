/** A packaged run: models lie in the application's resources, and no environment variable makes another origin ours. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { repositoryFolder } from '../fixtures/workbench.ts';
import { dataFolderOfFile, startBuiltApp, waitFor, type BuiltApp } from './built-app.ts';
import { connect, requestPort } from './connect.ts';

const dataFolder = dataFolderOfFile();
const resources = dataFolderOfFile();
let app: BuiltApp;

beforeAll(async () => {
  mkdirSync(join(resources, 'native-models'));
  symlinkSync(join(repositoryFolder, 'native-models', 'demo'), join(resources, 'native-models', 'demo'));
  Object.defineProperty(process, 'resourcesPath', { value: resources });
  process.env.ELECTRON_RENDERER_URL = 'http://localhost:5173/';
  app = await startBuiltApp(relative(process.cwd(), dataFolder), { isPackaged: true });
});

it('loads the model from the resources', async () => {
  const client = await connect(app);
  const { model } = await waitFor('ready engine', async () => {
    const status = await client.models.status();
    return status.state === 'ready' ? status : undefined;
  });
  expect(model?.folder).toBe(join(resources, 'native-models', 'demo', 'lucie-demo'));
});

it('takes a relative data folder', () => {
  expect(app.electron.app.paths.get('userData')).toBe(join(dataFolder, 'electron'));
});

it('shows and trusts its own page only', async () => {
  const { window } = await app.window();
  expect(window.webContents.getURL()).toMatch(/^app:\/\/workbench\/index\.html/);
  expect(requestPort(app, { url: 'http://localhost:5173/', parent: null })).toBeNull();
  expect(await app.electron.session.defaultSession.isCancelled('http://localhost:5173/')).toBe(true);
});
