/** The keys of a shortcut as a person reads them in this host and this language. */
import type { Host } from '../../host.ts';
import { keyNames } from '../../i18n/keyboard.ts';
import type { Translate } from '../../i18n/i18n.svelte.ts';
import { isApple, shortcuts, type Keys, type Reach, type ShortcutId } from '../shortcuts.ts';

/** The keys as a person reads them in this host: `Ctrl+K`, `⌘K`. */
export function shortcutLabel(id: ShortcutId, host: Host['kind'], t: Translate): string {
  const keys: Keys = shortcuts[id][0];
  const key = keys.name === undefined ? (keys.label ?? keys.code) : t(keyNames[keys.name]);
  const shift = keys.shift === true ? (isApple ? '⇧' : `${t(keyNames.shift)}+`) : '';
  return `${modifier(keys.reach, host)}${shift}${key}`;
}

/** Zoom is the browser's own, and the menu's under Electron. */
export function zoomKeys(): string {
  return isApple ? '⌘+ ⌘− ⌘0' : 'Ctrl++ Ctrl+− Ctrl+0';
}

/** For the button that begins a conversation: a key without a name in words. */
export function newConversationShortcut(host: Host['kind']): string {
  return `${modifier('window', host)}N`;
}

function modifier(reach: Reach, host: Host['kind']): string {
  if (reach === 'bare') return '';
  if (reach === 'window' && host === 'browser') return isApple ? '⌃' : 'Alt+';
  return isApple ? '⌘' : 'Ctrl+';
}
