/**
 * A double of the `electron` module: what the built main process imports, over Node, worker-free, and a real Chromium.
 * It shows that our own files load, link and are wired; it says nothing about Electron itself (see real-electron.test.ts).
 */
import { EventEmitter } from 'node:events';
import type { BrowserContext, Route } from 'playwright-core';
import { AppDouble, type AppSituation } from './app.ts';
import { windowClass } from './browser-window.ts';
import { DialogDouble, MenuDouble, nativeTheme, ShellDouble } from './desktop.ts';
import { MessageChannelDouble } from './message-channel.ts';
import { ProtocolDouble, SessionDouble } from './session.ts';
import type { Surroundings } from './surroundings.ts';
import { UtilityProcessesDouble } from './utility-process.ts';

export type ElectronDouble = ReturnType<typeof createElectronDouble>;

export function createElectronDouble(context: BrowserContext, situation: AppSituation) {
  const app = new AppDouble(situation);
  const ipcMain = new EventEmitter();
  const defaultSession = new SessionDouble();
  const protocol = new ProtocolDouble(app);
  const requests: { url: string; outcome: 'served' | 'cancelled' | 'let out' }[] = [];

  const answer = async (route: Route, url: string): Promise<void> => {
    const isCancelled = await defaultSession.isCancelled(url);
    const isApp = url.startsWith('app:');
    requests.push({ url, outcome: isCancelled ? 'cancelled' : isApp ? 'served' : 'let out' });
    if (isCancelled || !isApp) return route.abort('blockedbyclient');
    const response = await protocol.fetch(url, route.request().method());
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  };
  const surroundings: Surroundings = { app, ipcMain, newPage: () => context.newPage(), answer };
  return {
    app,
    ipcMain,
    protocol,
    session: { defaultSession },
    BrowserWindow: windowClass(surroundings),
    MessageChannelMain: MessageChannelDouble,
    utilityProcess: new UtilityProcessesDouble(app),
    dialog: new DialogDouble(),
    shell: new ShellDouble(),
    Menu: new MenuDouble(),
    nativeTheme,
    /** Not Electron's: every request that a window made, and what became of it. */
    requests,
  };
}
