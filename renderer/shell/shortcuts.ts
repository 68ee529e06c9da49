/**
 * The keys of the whole window, once: the handler, the list of keys in the settings and in the help, and the palette read this table.
 *
 * A browser keeps Ctrl+1 … 9, Ctrl+N and Ctrl+PageUp/PageDown (on a Mac ⌘) for its tabs and Ctrl+L for its address. Such keys work there
 * with Alt (on a Mac Control, because Option writes characters); under Electron both do. Ctrl+K, Ctrl+Shift+F and F1 a page may take.
 * Ctrl+Shift+P is Firefox's private window and only the second way to the palette. Nothing here is a key of the Electron menu
 * (main/electron/menu.ts).
 */
import type { Pane } from './navigation.svelte.ts';

/**
 * `window`: the main modifier, Alt (Control) in a browser. `page`: the main modifier in every host. `bare`: no modifier; a key that
 * writes a character works only where nothing is being written.
 */
export type Reach = 'window' | 'page' | 'bare';

export interface Keys {
  readonly reach: Reach;
  /** `KeyboardEvent.code`: the place of the key, the same in every layout; for `bare` `KeyboardEvent.key`. */
  readonly code: string;
  /** How the key is called where it is no character. */
  readonly name?: 'pageUp' | 'pageDown';
  readonly label?: string;
  readonly shift?: boolean;
}

const digit = (label: string): Keys => ({ reach: 'window', code: `Digit${label}`, label });
const letter = (reach: Reach, label: string, shift = false): Keys => ({ reach, code: `Key${label}`, label, shift });

/** The first keys of each are those that are shown. */
export const shortcuts = {
  'pane-chat': [digit('1')],
  'pane-data': [digit('2')],
  'pane-tokens': [digit('3')],
  'pane-models': [digit('4')],
  'pane-settings': [digit('5')],
  palette: [letter('page', 'K'), letter('page', 'P', true)],
  'new-conversation': [letter('window', 'N')],
  'focus-composer': [letter('window', 'L')],
  search: [letter('page', 'F', true)],
  'previous-conversation': [{ reach: 'window', code: 'PageUp', name: 'pageUp' }],
  'next-conversation': [{ reach: 'window', code: 'PageDown', name: 'pageDown' }],
  help: [
    { reach: 'bare', code: 'F1', label: 'F1' },
    { reach: 'bare', code: '?', label: '?' },
  ],
} as const satisfies Record<string, readonly Keys[]>;

export type ShortcutId = keyof typeof shortcuts;
export const shortcutIds = Object.keys(shortcuts) as ShortcutId[];

/** A Mac's keyboard has ⌘ where others have Ctrl. */
export const isApple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

export function isShortcut(id: string): id is ShortcutId {
  return Object.hasOwn(shortcuts, id);
}

export function paneShortcutId(pane: Pane): ShortcutId {
  return `pane-${pane}`;
}

/** Which shortcut a key press is; `null` for keys that belong to others. */
export function shortcutOf(event: KeyboardEvent, isWriting: boolean): ShortcutId | null {
  if (event.isComposing) return null;
  const [main, other, unused] = isApple
    ? [event.metaKey, event.ctrlKey, event.altKey]
    : [event.ctrlKey, event.altKey, event.metaKey];
  if ((main && other) || unused) return null;
  return (
    shortcutIds.find((id) => shortcuts[id].some((keys) => isPressed(keys, event, { main, other, isWriting }))) ?? null
  );
}

function isPressed(
  keys: Keys,
  event: KeyboardEvent,
  { main, other, isWriting }: { main: boolean; other: boolean; isWriting: boolean },
): boolean {
  if (keys.reach === 'bare') {
    if (main || other) return false;
    // With Shift or without it: where the question mark is depends on the keyboard.
    return event.key === keys.code && (keys.code.length > 1 ? !event.shiftKey : !isWriting);
  }
  if (event.code !== keys.code || event.shiftKey !== (keys.shift ?? false)) return false;
  return keys.reach === 'window' ? main || other : main;
}

/** Runs the command of the shortcut that was pressed, if there is one now. */
export function runShortcut(event: KeyboardEvent, isWriting: boolean, run: (id: ShortcutId) => boolean): void {
  const id = shortcutOf(event, isWriting);
  if (id !== null && run(id)) event.preventDefault();
}
