import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { settingsContract } from '../../../main/contract/settings.ts';
import { silentLogger } from '../../../main/logger/index.ts';
import { SettingsService } from '../../../main/settings/index.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

test('choices are kept across a restart, and watchers see every change', async () => {
  const folder = temporaryFolder();
  const settings = await SettingsService.open(folder, silentLogger);
  const watch = settings.watch();
  expect((await watch.next()).value).toMatchObject({ theme: 'system' });
  await settings.update({ theme: 'dark' });
  expect((await watch.next()).value).toMatchObject({ theme: 'dark', language: 'system' });
  const reopened = await SettingsService.open(folder, silentLogger);
  expect(reopened.get().theme).toBe('dark');
});

test('a damaged file is kept beside the new one', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'settings.json'), '{"theme": "dar');
  const settings = await SettingsService.open(folder, silentLogger);
  expect(settings.get().theme).toBe('system');
  const [kept] = readdirSync(folder);
  expect(kept).toMatch(/^settings\.json\.damaged-/);
  expect(readFileSync(join(folder, String(kept)), 'utf8')).toBe('{"theme": "dar');
});

test('a folder that cannot be written is an error, and the choice is not pretended', async () => {
  const folder = temporaryFolder();
  const settings = await SettingsService.open(join(folder, 'file', 'below'), silentLogger);
  writeFileSync(join(folder, 'file'), '');
  await expect(settings.update({ theme: 'dark' })).rejects.toMatchObject({ code: 'STORE_UNREADABLE' });
  expect(settings.get().theme).toBe('system');
});

test('changes that arrive together all stay', async () => {
  const folder = temporaryFolder();
  const settings = await SettingsService.open(folder, silentLogger);
  await Promise.all([settings.update({ theme: 'dark' }), settings.update({ language: 'fr' })]);
  expect((await SettingsService.open(folder, silentLogger)).get()).toMatchObject({ theme: 'dark', language: 'fr' });
});

test('an undefined field of a change means no change', async () => {
  const schema = settingsContract.update['~orpc'].inputSchema;
  const result = await schema?.['~standard'].validate({ theme: 'dark', language: undefined });
  expect(result).toEqual({ value: { theme: 'dark' } });
});
