import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lockDataFolder } from '../../../main/app/data-folder-lock.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

test('a folder in use by a living process is refused; one left by a dead process is taken over', async () => {
  const folder = temporaryFolder();
  const other = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)']);
  writeFileSync(join(folder, 'workbench.lock'), String(other.pid));
  expect(() => lockDataFolder(folder)).toThrow(new RegExp(`process ${other.pid}`));
  other.kill('SIGKILL');
  await once(other, 'exit');
  const unlock = lockDataFolder(folder);
  unlock();
  expect(existsSync(join(folder, 'workbench.lock'))).toBe(false);
});

test('a lock file that holds no process id is taken over', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'workbench.lock'), '');
  expect(() => lockDataFolder(folder)).not.toThrow();
});
