/** Who may speak to main, and over what: only our page, in a main frame, gets a port; the contract answers on it. */
import { beforeAll, describe, expect, it } from 'vitest';
import { dataFolderOfFile, startBuiltApp, type BuiltApp } from './built-app.ts';
import { connect, requestPort } from './connect.ts';

const dataFolder = dataFolderOfFile();
let app: BuiltApp;

beforeAll(async () => {
  app = await startBuiltApp(dataFolder);
  await app.window();
});

describe('a request for a port', () => {
  const main = null;

  it.each([
    ['our page', { url: 'app://workbench/index.html', parent: main }],
    ['our page with a fragment', { url: 'app://workbench/index.html#chat', parent: main }],
  ])('of %s is granted', (_name, frame) => {
    expect(requestPort(app, frame)).not.toBeNull();
  });

  it.each([
    ['a web page', { url: 'https://workbench/index.html', parent: main }],
    ['another host of our scheme', { url: 'app://workbench.example/index.html', parent: main }],
    ['our host with another port', { url: 'app://workbench:81/index.html', parent: main }],
    ['a name before our host', { url: 'app://workbench@example.com/', parent: main }],
    ['a file', { url: 'file:///app://workbench/index.html', parent: main }],
    ['an empty page', { url: 'about:blank', parent: main }],
    ['a frame without URL', { url: '', parent: main }],
    ['a sub-frame of ours', { url: 'app://workbench/index.html', parent: { url: 'app://workbench/index.html' } }],
    ['a foreign sub-frame', { url: 'https://example.com/', parent: { url: 'app://workbench/index.html' } }],
  ])('of %s is refused', (_name, frame) => {
    expect(requestPort(app, frame)).toBeNull();
  });

  it('of a frame that is gone is refused', () => {
    expect(app.electron.ipcMain.emit('lucie:connect', { senderFrame: null })).toBe(true);
  });

  it('is the only thing that main listens to', () => {
    expect(app.electron.ipcMain.eventNames()).toEqual(['lucie:connect']);
  });
});

it('answers over the port, greedily and rightly', async () => {
  const client = await connect(app);
  expect(await client.app.info()).toMatchObject({ host: 'electron', dataFolder });
  const { id: conversationId } = await client.chat.create({});
  const text = 'Quelle est la capitale de la France ?';
  await client.chat.send({ conversationId, text, sampling: { temperature: 0 } });
  for await (const event of await client.chat.watch({ conversationId })) if (event.type === 'end') break;
  const { messages } = await client.chat.get({ conversationId });
  expect(messages.at(-1)).toMatchObject({ text: 'La capitale de la France est Paris.', status: 'complete' });
});

it('carries typed failures over the port', async () => {
  const client = await connect(app);
  await expect(client.chat.get({ conversationId: 'absent' })).rejects.toMatchObject({ code: 'CONVERSATION_NOT_FOUND' });
});

describe('a window', () => {
  it('comes to the front when its own page asks over its port', async () => {
    const { window } = await app.window();
    window.minimize();
    const focused = window.focusCount;
    const client = await connect(app, window.webContents);
    await client.app.showWindow();
    expect(window.isMinimized()).toBe(false);
    expect(window.focusCount).toBe(focused + 1);
  });
});
