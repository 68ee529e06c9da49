/** Which row a key leads to, in a table of pages; `null` for keys that do not move. */
import { PAGE_SIZE } from './row-pages.svelte.ts';

interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

export function rowAfterKey(pressed: Pressed, row: number, rowCount: number): number | null {
  if (pressed.altKey) return null;
  const pageStart = Math.floor(row / PAGE_SIZE) * PAGE_SIZE;
  const isWholeFile = pressed.ctrlKey || pressed.metaKey;
  const target: Record<string, number> = {
    ArrowUp: row - 1,
    ArrowDown: row + 1,
    PageUp: row - PAGE_SIZE,
    PageDown: row + PAGE_SIZE,
    Home: isWholeFile ? 0 : pageStart,
    End: isWholeFile ? rowCount - 1 : pageStart + PAGE_SIZE - 1,
  };
  const wanted = target[pressed.key];
  return wanted === undefined ? null : Math.max(0, Math.min(wanted, rowCount - 1));
}
