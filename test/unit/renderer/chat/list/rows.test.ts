import { expect, test } from 'vitest';
import type { ConversationSummary } from '../../../../../main/contract/chat.ts';
import { markedPieces } from '../../../../../renderer/chat/list/marked-pieces.ts';
import { rowMove } from '../../../../../renderer/chat/list/row-keys.ts';
import { dayHeading, listRows, type ListRow } from '../../../../../renderer/chat/list/rows.ts';

const now = new Date(2026, 2, 10, 9, 30).getTime();
const at = (daysAgo: number, hour = 12) => new Date(2026, 2, 10 - daysAgo, hour).getTime();

function conversation(id: string, change: Partial<ConversationSummary> = {}): ConversationSummary {
  const place = { folderId: null, pinnedAt: null, source: null, isReadOnly: false };
  return { id, title: id, createdAt: 0, updatedAt: at(0, 8), messageCount: 2, ...place, ...change };
}

const folder = (id: string) => ({ id, name: id, createdAt: 0, conversationCount: 1 });
const keys = (rows: readonly ListRow[]) => rows.map(({ key }) => key);

const content = {
  conversations: [
    conversation('a'),
    conversation('b', { folderId: 'f' }),
    conversation('c', { pinnedAt: 5, folderId: 'f' }),
    conversation('d', { updatedAt: at(1, 23) }),
    conversation('e', { updatedAt: at(6) }),
    conversation('lost', { updatedAt: at(7), folderId: 'deleted' }),
  ],
  folders: [folder('f'), folder('g')],
  isOpen: () => true,
  now,
};

test('pinned, folders, then days; what is pinned stands once, a lost folder loses nothing', () => {
  expect(keys(listRows(content))).toEqual([
    ...['heading/pinned', 'c', 'folder/f', 'b', 'folder/g', 'empty/g'],
    ...['heading/today', 'a', 'heading/yesterday', 'd', 'heading/week', 'e', 'heading/older', 'lost'],
  ]);
});

test('a folded folder shows how much is in it, and nothing of it', () => {
  const rows = listRows({ ...content, isOpen: (id) => id === 'g' });
  expect(rows.find(({ key }) => key === 'folder/f')).toMatchObject({ count: 1, isOpen: false });
  expect(keys(rows)).not.toContain('b');
});

test('days are those of the calendar', () => {
  expect(dayHeading(at(0, 0), now)).toBe('today');
  expect(dayHeading(at(1, 23), now)).toBe('yesterday');
  expect(dayHeading(at(2, 23), now)).toBe('week');
  expect(dayHeading(at(6, 0), now)).toBe('week');
  expect(dayHeading(at(7, 23), now)).toBe('older');
});

test('keys pass over headings, fold and unfold, and lead to the folder', () => {
  const rows = listRows(content);
  const from = (key: string) => rows.findIndex((row) => row.key === key);
  expect(rowMove('ArrowDown', rows, from('c'))).toEqual({ focus: from('folder/f') });
  expect(rowMove('ArrowDown', rows, from('folder/g'))).toEqual({ focus: from('a') });
  expect(rowMove('ArrowUp', rows, from('c'))).toBeNull();
  expect(rowMove('Home', rows, from('e'))).toEqual({ focus: from('c') });
  expect(rowMove('End', rows, from('c'))).toEqual({ focus: from('lost') });
  expect(rowMove('PageUp', rows, from('lost'))).toEqual({ focus: from('b') });
  expect(rowMove('ArrowLeft', rows, from('folder/f'))).toEqual({ fold: 'f', isOpen: false });
  expect(rowMove('ArrowRight', rows, from('folder/f'))).toEqual({ focus: from('b') });
  expect(rowMove('ArrowLeft', rows, from('b'))).toEqual({ focus: from('folder/f') });
  const folded = listRows({ ...content, isOpen: () => false });
  expect(rowMove('ArrowRight', folded, 2)).toEqual({ fold: 'f', isOpen: true });
  expect(rowMove('x', rows, 1)).toBeNull();
});

test('a marked text is cut at its marks and loses nothing', () => {
  const pieces = markedPieces({
    text: 'La capitale',
    marks: [
      [0, 2],
      [3, 6],
    ],
  });
  expect(pieces).toEqual([
    { text: 'La', isMarked: true },
    { text: ' ', isMarked: false },
    { text: 'cap', isMarked: true },
    { text: 'itale', isMarked: false },
  ]);
});
