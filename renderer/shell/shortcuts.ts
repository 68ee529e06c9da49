/**
 * Keyboard commands of the whole window. A browser keeps Ctrl+1 and Ctrl+N (on a Mac ⌘) for its tabs, so there the same
 * keys work with Alt (on a Mac Control, because Option writes characters); under Electron both do.
 */
import type { Host } from '../host.ts';
import { panes, type Pane } from './navigation.svelte.ts';
import type { Workbench } from './workbench.svelte.ts';

interface Target {
  navigation: Pick<Workbench['navigation'], 'show'>;
  openConversation: Workbench['openConversation'];
}

const isApple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

export function paneShortcut(pane: Pane, host: Host['kind']): string {
  return `${modifier(host)}${panes.indexOf(pane) + 1}`;
}

export function newConversationShortcut(host: Host['kind']): string {
  return `${modifier(host)}N`;
}

function modifier(host: Host['kind']): string {
  if (host === 'browser') return isApple ? '⌃' : 'Alt+';
  return isApple ? '⌘' : 'Ctrl+';
}

export function runShortcut(event: KeyboardEvent, target: Target): void {
  const [main, other, unused] = isApple
    ? [event.metaKey, event.ctrlKey, event.altKey]
    : [event.ctrlKey, event.altKey, event.metaKey];
  if (main === other || unused || event.shiftKey || event.isComposing) return;
  const pane = /^Digit[1-5]$/.test(event.code) ? panes[Number(event.code.slice(5)) - 1] : undefined;
  if (pane !== undefined) target.navigation.show(pane);
  else if (event.code === 'KeyN') target.openConversation(null);
  else return;
  event.preventDefault();
}
