/** The rows of the list: what is pinned, folders with what is in them, and the rest under the day of its last message. */
import type { ConversationSummary } from '../../../main/contract/chat.ts';
import type { Folder, SearchHit } from '../../../main/contract/chat-history.ts';
import type { ListHeading } from '../../i18n/history.ts';

export type ListRow =
  | { type: 'heading'; key: string; heading: ListHeading }
  | { type: 'folder'; key: string; folder: Folder; count: number; isOpen: boolean }
  | { type: 'empty-folder'; key: string }
  | { type: 'conversation'; key: string; conversation: ConversationSummary; folderId: string | null }
  | { type: 'hit'; key: string; hit: SearchHit };

export interface ListContent {
  /** Most recently used first. */
  conversations: readonly ConversationSummary[];
  folders: readonly Folder[];
  isOpen: (folderId: string) => boolean;
  /** Milliseconds since 1970. */
  now: number;
}

/** A pinned conversation stands once, among the pinned, whatever folder it is in. */
export function listRows({ conversations, folders, isOpen, now }: ListContent): ListRow[] {
  const rows: ListRow[] = [];
  const folderIds = new Set(folders.map(({ id }) => id));
  const inFolders = new Map<string, ConversationSummary[]>(folders.map(({ id }) => [id, []]));
  const loose: ConversationSummary[] = [];
  const pinned: ConversationSummary[] = [];
  for (const conversation of conversations) {
    const { pinnedAt, folderId } = conversation;
    if (pinnedAt !== null) pinned.push(conversation);
    else if (folderId !== null && folderIds.has(folderId)) inFolders.get(folderId)?.push(conversation);
    else loose.push(conversation);
  }
  if (pinned.length > 0) rows.push(heading('pinned'), ...pinned.map((conversation) => item(conversation, null)));
  for (const folder of folders) {
    const inside = inFolders.get(folder.id) ?? [];
    const open = isOpen(folder.id);
    rows.push({ type: 'folder', key: `folder/${folder.id}`, folder, count: inside.length, isOpen: open });
    if (!open) continue;
    if (inside.length === 0) rows.push({ type: 'empty-folder', key: `empty/${folder.id}` });
    rows.push(...inside.map((conversation) => item(conversation, folder.id)));
  }
  let last: ListHeading | null = null;
  for (const conversation of loose) {
    const day = dayHeading(conversation.updatedAt, now);
    if (day !== last) rows.push(heading(day));
    last = day;
    rows.push(item(conversation, null));
  }
  return rows;
}

export function hitRows(hits: readonly SearchHit[]): ListRow[] {
  return hits.map((hit) => ({ type: 'hit', key: hit.conversation.id, hit }));
}

/** By days of the calendar, not by hours. */
export function dayHeading(time: number, now: number): ListHeading {
  const today = new Date(now).setHours(0, 0, 0, 0);
  const daysAgo = (days: number) => new Date(now).setHours(-24 * days, 0, 0, 0);
  if (time >= today) return 'today';
  if (time >= daysAgo(1)) return 'yesterday';
  return time >= daysAgo(6) ? 'week' : 'older';
}

/** Whether the keyboard stops here. */
export function isStop(row: ListRow | undefined): boolean {
  return row !== undefined && row.type !== 'heading' && row.type !== 'empty-folder';
}

function heading(name: ListHeading): ListRow {
  return { type: 'heading', key: `heading/${name}`, heading: name };
}

function item(conversation: ConversationSummary, folderId: string | null): ListRow {
  return { type: 'conversation', key: conversation.id, conversation, folderId };
}
