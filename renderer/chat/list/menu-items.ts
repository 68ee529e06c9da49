/** What a menu of the list offers: commands, marked choices, and pages of more. */
import type { Component } from 'svelte';

export type MenuIcon = Component<{ size?: number; 'aria-hidden'?: 'true' }>;

export type MenuItem =
  | { type: 'command'; label: string; icon?: MenuIcon; isDanger?: boolean; run: () => void }
  | { type: 'choice'; label: string; isChosen: boolean; run: () => void }
  | { type: 'page'; label: string; icon?: MenuIcon; items: () => readonly MenuItem[] }
  | { type: 'line' };

/** A menu that is open: what it is about, and the element beside which it stands and to which the focus goes back. */
export interface OpenMenu {
  label: string;
  anchor: HTMLElement;
  items: readonly MenuItem[];
}
