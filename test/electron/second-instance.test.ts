/** A start while another instance runs on the same data: ends at once and touches nothing. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { dataFolderOfFile, startBuiltApp, waitFor } from './built-app.ts';

const dataFolder = dataFolderOfFile();

it('quits without opening a window, the store or a process', async () => {
  const { electron } = await startBuiltApp(dataFolder, { isSecondInstance: true });
  expect(await electron.app.exited).toBe(0);
  expect(electron.BrowserWindow.getAllWindows()).toEqual([]);
  expect(electron.utilityProcess.started).toEqual([]);
  expect(electron.ipcMain.eventNames()).toEqual([]);
  await waitFor('log file', () => existsSync(join(dataFolder, 'workbench.log')) || undefined);
  expect(readdirSync(dataFolder).filter((name) => !['electron', 'workbench.log'].includes(name))).toEqual([]);
});
