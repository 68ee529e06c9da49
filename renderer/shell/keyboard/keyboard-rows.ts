/** Every key that does something, for the settings and the help: the table of shortcuts, then keys that belong to one place. */
import type { Host } from '../../host.ts';
import type { Translate } from '../../i18n/i18n.svelte.ts';
import { keyboardTexts as places, keyNames, shortcutTexts } from '../../i18n/keyboard.ts';
import { tokenKeys } from '../../tokens/reader/token-keys.ts';
import { shortcutIds, type ShortcutId } from '../shortcuts.ts';
import { shortcutLabel, zoomKeys } from './shortcut-label.ts';

export interface KeyboardRow {
  readonly action: string;
  readonly keys: string;
}

export function keyboardRows(host: Host['kind'], t: Translate): KeyboardRow[] {
  const label = (id: ShortcutId) => shortcutLabel(id, host, t);
  const others = shortcutIds.filter((id) => !id.startsWith('pane-'));
  const enter = t(keyNames.enter);
  const withShift = `${t(keyNames.shift)}+${enter}`;
  return [
    { action: t(places.panes), keys: `${label('pane-chat')} – ${label('pane-settings')}` },
    ...others.map((id) => ({ action: t(shortcutTexts[id]), keys: label(id) })),
    { action: t(places.send), keys: enter },
    { action: t(places.newLine), keys: withShift },
    { action: t(places.stop), keys: t(keyNames.escape) },
    { action: t(places.rename), keys: 'F2' },
    { action: t(places.remove), keys: t(keyNames.remove) },
    { action: t(places.move), keys: t(keyNames.arrows) },
    { action: t(places.row), keys: 'Alt+↑ Alt+↓' },
    { action: t(places.nextHit), keys: enter },
    { action: t(places.previousHit), keys: withShift },
    { action: t(places.tokenStep), keys: tokenKeys() },
    { action: t(places.leaveText), keys: 'Tab' },
    { action: t(places.zoom), keys: zoomKeys() },
  ];
}
