import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeAtomically } from '../../../main/files/write-atomically.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

test('a file is replaced whole, in folders that are made', async () => {
  const path = join(temporaryFolder(), 'a', 'b', 'settings.json');
  await writeAtomically(path, 'old and long');
  await writeAtomically(path, 'new');
  expect(readFileSync(path, 'utf8')).toBe('new');
});

test('a write that fails leaves no temporary file', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'taken', 'child'), { recursive: true });
  await expect(writeAtomically(join(folder, 'taken'), 'x')).rejects.toThrow();
  expect(readdirSync(folder)).toEqual(['taken']);
});
