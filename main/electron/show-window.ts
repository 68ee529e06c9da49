/** Brings the window to the front that asks for it: someone clicked its notification. Only our page in a main frame may. */
import { BrowserWindow, ipcMain, type IpcMainEvent } from 'electron';
import { isTrusted } from './trusted-origin.ts';

export const showWindowChannel = 'lucie:show-window';

export function showWindowsOnRequest(): void {
  ipcMain.on(showWindowChannel, (event: IpcMainEvent) => {
    const frame = event.senderFrame;
    if (frame === null || frame.parent !== null || !isTrusted(frame.url)) return;
    const window = BrowserWindow.fromWebContents(event.sender);
    if (window === null) return;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  });
}
