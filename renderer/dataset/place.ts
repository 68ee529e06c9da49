/** Which dataset and row were being read; it outlives a reload of the window, not the window itself. */
const KEY = 'lucie-dataset';

export interface Place {
  path: string;
  row: number;
}

export function rememberPlace(storage: Storage, place: Place | null): void {
  if (place === null) storage.removeItem(KEY);
  else storage.setItem(KEY, JSON.stringify(place));
}

/** What another version left there counts as nothing. */
export function rememberedPlace(storage: Storage): Place | null {
  const stored = storage.getItem(KEY);
  if (stored === null || !stored.startsWith('{')) return null;
  const { path, row } = JSON.parse(stored) as Partial<Record<keyof Place, unknown>>;
  return typeof path === 'string' && Number.isInteger(row) ? { path, row: Number(row) } : null;
}
