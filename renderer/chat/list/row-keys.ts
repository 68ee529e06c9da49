/** Where a key leads in the list: rows are drawn only near the view, so that it is found among the data, not in the page. */
import { isStop, type ListRow } from './rows.ts';

export type RowMove = { focus: number } | { fold: string; isOpen: boolean } | null;

/** A page of the list. */
const pageRows = 10;

/** `null` where the key does nothing here. Left and right fold and unfold, and lead from a conversation to its folder. */
export function rowMove(key: string, rows: readonly ListRow[], at: number): RowMove {
  const row = rows[at];
  if (key === 'ArrowDown') return next(rows, at, 1);
  if (key === 'ArrowUp') return next(rows, at, -1);
  if (key === 'PageDown') return near(rows, at + pageRows, 1);
  if (key === 'PageUp') return near(rows, at - pageRows, -1);
  if (key === 'Home') return near(rows, 0, 1);
  if (key === 'End') return near(rows, rows.length - 1, -1);
  if (key === 'ArrowRight' && row?.type === 'folder') {
    return row.isOpen ? next(rows, at, 1) : { fold: row.folder.id, isOpen: true };
  }
  if (key !== 'ArrowLeft') return null;
  if (row?.type === 'folder') return row.isOpen ? { fold: row.folder.id, isOpen: false } : null;
  if (row?.type !== 'conversation' || row.folderId === null) return null;
  const folder = rows.findIndex((other) => other.type === 'folder' && other.folder.id === row.folderId);
  return folder === -1 ? null : { focus: folder };
}

function next(rows: readonly ListRow[], at: number, step: 1 | -1): RowMove {
  for (let i = at + step; i >= 0 && i < rows.length; i += step) if (isStop(rows[i])) return { focus: i };
  return null;
}

/** The place, or the nearest stop before or after it. */
function near(rows: readonly ListRow[], place: number, step: 1 | -1): RowMove {
  const at = Math.max(0, Math.min(place, rows.length - 1));
  if (isStop(rows[at])) return { focus: at };
  return next(rows, at, step) ?? next(rows, at, step === 1 ? -1 : 1);
}
