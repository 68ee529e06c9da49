/** One line of a menu. */
import type { Component } from 'svelte';

export interface MenuAction {
  readonly id: string;
  readonly label: string;
  readonly icon: Component<{ size?: number; 'aria-hidden'?: 'true' }>;
  /** Why it cannot be done now; running it says so. */
  readonly blocked?: string | null;
  readonly run: () => void;
}
