/** Gives a window its end of a message channel on which the contract is served; only our page in a main frame gets one. */
import { implement } from '@orpc/server';
import { BrowserWindow, ipcMain, MessageChannelMain, type IpcMainEvent, type WebContents } from 'electron';
import { appContract } from '../contract/app.ts';
import type { Logger } from '../logger/index.ts';
import { servePort } from '../process/index.ts';
import type { WorkbenchRouter } from '../rpc/index.ts';
import { isTrusted } from './trusted-origin.ts';
import { bringToFront } from './window.ts';

export const connectChannel = 'lucie:connect';
export const portChannel = 'lucie:port';

export function acceptRenderers(router: WorkbenchRouter, logger: Logger): void {
  ipcMain.on(connectChannel, (event: IpcMainEvent) => {
    const frame = event.senderFrame;
    if (frame === null || frame.parent !== null || !isTrusted(frame.url)) {
      logger.log('warn', 'A connection was refused', { url: frame?.url });
      return;
    }
    const { port1, port2 } = new MessageChannelMain();
    servePort(routerOf(router, event.sender), port1, logger);
    port1.start();
    frame.postMessage(portChannel, null, [port2]);
  });
}

/** The workbench is everyone's; the window is the one that asks. */
function routerOf(router: WorkbenchRouter, page: WebContents): WorkbenchRouter {
  const showWindow = implement(appContract).showWindow.handler(() => {
    const window = BrowserWindow.fromWebContents(page);
    if (window !== null) bringToFront(window);
  });
  return { ...router, app: { ...router.app, showWindow } };
}
