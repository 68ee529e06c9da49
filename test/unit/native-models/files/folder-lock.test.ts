import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lockFolder, unlockFolder } from '../../../../native-models/files/folder-lock.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

test('of two that try at once one has it, and after it the other', async () => {
  const path = join(temporaryFolder(), 'lock');
  const both = await Promise.allSettled([lockFolder(path), lockFolder(path)]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'output.busy' } });
  await unlockFolder(path);
  await lockFolder(path);
  await unlockFolder(path);
});

test('the lock of a process that is gone is taken over', async () => {
  const path = join(temporaryFolder(), 'lock');
  writeFileSync(path, '999999999');
  await lockFolder(path);
  await expect(lockFolder(path)).rejects.toMatchObject({ code: 'output.busy', details: { process: process.pid } });
  await unlockFolder(path);
});
