/** The Electron host: one workbench, any number of windows on it. */
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, BrowserWindow, dialog, session } from 'electron';
import { createWorkbench, defaultDataFolder, embeddedFiles, entryFiles, type Workbench } from '../app/index.ts';
import { WorkbenchError } from '../contract/errors.ts';
import { lineLogger } from '../logger/index.ts';
import { declareAppScheme, handleAppProtocol } from './app-protocol.ts';
import { installMenu } from './menu.ts';
import { acceptRenderers } from './renderer-port.ts';
import { restrictEveryWindow, restrictSession } from './security-policy.ts';
import { launchUtilityProcess } from './utility-process.ts';
import { openWindow } from './window.ts';

const dataFolder = defaultDataFolder();
mkdirSync(dataFolder, { recursive: true });
const log = createWriteStream(join(dataFolder, 'workbench.log'), { flags: 'a' });
const logger = lineLogger((line) => void log.write(line));
const entry = entryFiles(import.meta.filename);

app.enableSandbox();
app.setPath('userData', join(dataFolder, 'electron'));
declareAppScheme();
restrictEveryWindow(logger);
if (app.requestSingleInstanceLock()) void start();
else app.quit();

async function start(): Promise<void> {
  try {
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
    stopBeforeQuit(workbench);
    workbench.loadChosenModel();
    openWindows();
  } catch (thrown) {
    const error = WorkbenchError.from(thrown);
    logger.log('error', 'The workbench could not start', { error: thrown });
    dialog.showErrorBox('Lucie Workbench', `${error.message}\n\n${error.action}`);
    app.exit(1);
  }
}

function openWindows(): void {
  const open = () => {
    openWindow(entry.rootFolder, logger).catch((error: unknown) => logger.log('error', 'No window', { error }));
  };
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows();
    if (window === undefined) return open();
    if (window.isMinimized()) window.restore();
    window.focus();
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
function stopBeforeQuit(workbench: Workbench): void {
  let stopping = false;
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (stopping) return;
    stopping = true;
    workbench
      .stop()
      .catch((error: unknown) => logger.log('error', 'Stopping failed', { error }))
      .finally(() => log.end(() => app.exit(0)));
  });
}
