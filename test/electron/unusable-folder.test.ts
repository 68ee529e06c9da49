/** A data folder that cannot be made: said in a dialog before anything else is tried, never as an uncaught exception. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { dataFolderOfFile, startBuiltApp } from './built-app.ts';

const folder = dataFolderOfFile();

it('is named in the dialog', async () => {
  const path = join(folder, 'a-file', 'data');
  writeFileSync(join(folder, 'a-file'), '');
  const { electron } = await startBuiltApp(path);
  expect(await electron.app.exited).toBe(1);
  expect(electron.dialog.errors).toHaveLength(1);
  expect(electron.dialog.errors[0]).toContain(`The data folder ${path} cannot be`);
  expect(electron.BrowserWindow.getAllWindows()).toEqual([]);
});
