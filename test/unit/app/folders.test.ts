import { expect, test } from 'vitest';
import { defaultDataFolder } from '../../../main/app/folders.ts';

test.each([
  [{ LUCIE_DATA: '/data' }, 'win32', '/data'],
  [{ XDG_DATA_HOME: '/xdg' }, 'linux', '/xdg/lucie-workbench'],
  [{ APPDATA: '/roaming' }, 'win32', '/roaming/Lucie Workbench'],
] as const)('%j on %s', (environment, platform, expected) => {
  expect(defaultDataFolder(environment, platform)).toBe(expected);
});

test('macOS keeps application data in the Library', () => {
  expect(defaultDataFolder({}, 'darwin')).toMatch(/Library\/Application Support\/Lucie Workbench$/);
});
