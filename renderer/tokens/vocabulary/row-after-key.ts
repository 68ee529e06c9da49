/** Which row of a list a key leads to; `null` for keys that do not move. */
interface Pressed {
  key: string;
  altKey: boolean;
}

/** `place` is `null` where no row is chosen: the first key then chooses the first or the last. */
export function rowAfterKey(pressed: Pressed, place: number | null, total: number, pageLength: number): number | null {
  if (pressed.altKey || total === 0) return null;
  const from = place ?? -1;
  const targets: Record<string, number> = {
    ArrowUp: from - 1,
    ArrowDown: from + 1,
    PageUp: from - pageLength,
    PageDown: from + pageLength,
    Home: 0,
    End: total - 1,
  };
  const target = targets[pressed.key];
  return target === undefined ? null : Math.max(0, Math.min(target, total - 1));
}
