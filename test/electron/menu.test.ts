/** The menu that the built main installed: its keys are nobody else's, and zoom works on every keyboard. */
import type { MenuItemConstructorOptions } from 'electron';
import { beforeAll, expect, it } from 'vitest';
import { shortcutIds, shortcuts, type Keys } from '../../renderer/shell/shortcuts.ts';
import { dataFolderOfFile, startBuiltApp } from './built-app.ts';

let items: MenuItemConstructorOptions[] = [];

beforeAll(async () => {
  const app = await startBuiltApp(dataFolderOfFile());
  await app.window();
  const menus = app.electron.Menu.applicationMenu ?? [];
  items = menus.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
});

/** `Ctrl+Shift+F`, as Electron writes it on this platform. */
function accelerators({ reach, code, shift }: Keys): string[] {
  const key = code.replace(/^(Digit|Key)/, '');
  const parts = [...(shift === true ? ['Shift'] : []), key].join('+');
  if (reach === 'bare') return [parts];
  return reach === 'window' ? [`Ctrl+${parts}`, `Alt+${parts}`] : [`Ctrl+${parts}`];
}

it('has no key that the workbench has', () => {
  const taken = items.flatMap(({ accelerator }) =>
    accelerator ? [String(accelerator).replace('CmdOrCtrl', 'Ctrl')] : [],
  );
  expect(taken.length).toBeGreaterThan(12);
  const ours = shortcutIds.flatMap((id) => shortcuts[id].flatMap((keys) => accelerators(keys)));
  expect(taken.filter((accelerator) => ours.includes(accelerator))).toEqual([]);
});

it('zooms in, out and back, with and without Shift and on the number pad', () => {
  const keysOf = (role: MenuItemConstructorOptions['role']) =>
    items.filter((item) => item.role === role).map(({ accelerator }) => accelerator);
  expect(keysOf('zoomIn')).toEqual(['CmdOrCtrl+Plus', 'CmdOrCtrl+=', 'CmdOrCtrl+numadd']);
  expect(keysOf('zoomOut')).toEqual(['CmdOrCtrl+-', 'CmdOrCtrl+numsub']);
  expect(keysOf('resetZoom')).toEqual(['CmdOrCtrl+0', 'CmdOrCtrl+num0']);
});
