/** The Electron host: one workbench, any number of windows on it. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { app, BrowserWindow, dialog, session } from 'electron';
import {
  createWorkbench,
  defaultDataFolder,
  embeddedFiles,
  entryFiles,
  openLog,
  type Log,
  type Workbench,
} from '../app/index.ts';
import { WorkbenchError } from '../contract/errors.ts';
import type { Logger } from '../logger/index.ts';
import { declareAppScheme, handleAppProtocol } from './app-protocol.ts';
import { installMenu } from './menu.ts';
import { acceptRenderers } from './renderer-port.ts';
import { restrictEveryWindow, restrictSession } from './security-policy.ts';
import { launchUtilityProcess } from './utility-process.ts';
import { bringToFront, openWindow } from './window.ts';

const entry = entryFiles(import.meta.filename);

app.enableSandbox();
declareAppScheme();
run().catch((thrown: unknown) => {
  const { message, action } = WorkbenchError.from(thrown);
  dialog.showErrorBox('Lucie Workbench', `${message}\n\n${action}`);
  app.exit(1);
});

/** Everything up to the first `await` happens before Electron is ready, as it must. */
async function run(): Promise<void> {
  // `app.setPath` takes only absolute paths of folders that exist.
  const dataFolder = resolve(defaultDataFolder());
  const electronFolder = join(dataFolder, 'electron');
  const log = openLog(dataFolder);
  mkdirSync(electronFolder, { recursive: true });
  app.setPath('userData', electronFolder);
  restrictEveryWindow(log.logger);
  if (!app.requestSingleInstanceLock()) return app.quit();
  try {
    await start(dataFolder, log);
  } catch (error) {
    log.logger.log('error', 'The workbench could not start', { error });
    await new Promise<void>((written) => log.close(written));
    throw error;
  }
}

async function start(dataFolder: string, log: Log): Promise<void> {
  const { logger } = log;
  await app.whenReady();
  restrictSession(session.defaultSession, logger);
  handleAppProtocol(entry.rendererFolder);
  installMenu();
  const workbench = await createWorkbench({
    host: 'electron',
    dataFolder,
    // Models lie beside the archive of a packaged application, never in it.
    embedded: embeddedFiles(app.isPackaged ? process.resourcesPath : entry.rootFolder),
    launch: launchUtilityProcess(entry.serviceModules, logger),
    logger,
  });
  acceptRenderers(workbench.router, logger);
  stopBeforeQuit(workbench, log);
  workbench.loadChosenModel();
  openWindows(logger);
}

function openWindows(logger: Logger): void {
  const open = () => {
    openWindow(entry.rootFolder, logger).catch((error: unknown) => logger.log('error', 'No window', { error }));
  };
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows();
    if (window === undefined) return open();
    bringToFront(window);
  });
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) open();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  open();
}

/** Quitting waits until what was generated is stored and the service processes are gone. */
function stopBeforeQuit(workbench: Workbench, { logger, close }: Log): void {
  let stopping = false;
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (stopping) return;
    stopping = true;
    workbench
      .stop()
      .catch((error: unknown) => logger.log('error', 'Stopping failed', { error }))
      .finally(() => close(() => app.exit(0)));
  });
}
