/** A start that cannot succeed says why and what to do, in a dialog, and ends with a failure. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { dataFolderOfFile, startBuiltApp } from './built-app.ts';

const dataFolder = dataFolderOfFile();

it('names the process that already uses the data folder', async () => {
  writeFileSync(join(dataFolder, 'workbench.lock'), String(process.ppid));
  const { electron } = await startBuiltApp(dataFolder);
  expect(await electron.app.exited).toBe(1);
  expect(electron.dialog.errors).toHaveLength(1);
  expect(electron.dialog.errors[0]).toContain(`process ${process.ppid}`);
  expect(electron.dialog.errors[0]).toContain('choose another folder');
  expect(readFileSync(join(dataFolder, 'workbench.log'), 'utf8')).toContain('The workbench could not start');
  expect(electron.BrowserWindow.getAllWindows()).toEqual([]);
});
