/** Gives a window its end of a message channel on which the contract is served; only our page in a main frame gets one. */
import { ipcMain, MessageChannelMain, type IpcMainEvent } from 'electron';
import type { Logger } from '../logger/index.ts';
import { servePort } from '../process/index.ts';
import type { WorkbenchRouter } from '../rpc/index.ts';
import { isTrusted } from './trusted-origin.ts';

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
    servePort(router, port1, logger);
    port1.start();
    frame.postMessage(portChannel, null, [port2]);
  });
}
