/** A workbench window: sandboxed, isolated, without Node, loading only our own page. */
import { join } from 'node:path';
import { BrowserWindow, nativeTheme } from 'electron';
import type { Logger } from '../logger/index.ts';
import { trustedOrigin } from './trusted-origin.ts';

export async function openWindow(rootFolder: string, logger: Logger): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    title: 'Lucie Workbench',
    width: 1_440,
    height: 900,
    minWidth: 800,
    minHeight: 560,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#14161a' : '#fafaf8',
    webPreferences: {
      preload: join(rootFolder, 'out', 'preload', 'index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      // Its dictionaries would be downloaded from a remote host.
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  // The renderer holds no truth: after a crash it is simply shown again.
  window.webContents.on('render-process-gone', (_event, details) => {
    logger.log('error', 'The window process ended', { ...details });
    if (details.reason !== 'clean-exit') window.webContents.reload();
  });
  await window.loadURL(`${trustedOrigin()}/index.html`);
  return window;
}

export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
