/** Gives away conversations as one file, in pieces that are made as they are taken. */
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ExportEvent, ExportFormat, ExportScope, Folder } from '../../../contract/chat-history.ts';
import { readable } from './readable-pieces.ts';
import { conversationAsJson, jsonFileEnd, jsonFileStart } from './as-json.ts';
import { htmlFileEnd, htmlFileStart } from './as-html.ts';
import { fileNameFor } from './file-name.ts';
import { exportLabels, type ExportLanguage } from './labels.ts';
import { readHead } from './read-conversation.ts';

/** In UTF-16 units: a message of a line to the renderer is smaller than what a line carries, and not so small that there are many. */
const pieceLength = 256 * 1_024;
const mediaTypes: Record<ExportFormat, string> = {
  json: 'application/json',
  markdown: 'text/markdown;charset=utf-8',
  html: 'text/html;charset=utf-8',
};

export interface ExportRequest {
  scope: ExportScope;
  format: ExportFormat;
  language: ExportLanguage;
  /** Those that are there. */
  folders: readonly Folder[];
  workbenchVersion: string;
  now?: Date;
}

/** @throws WorkbenchError `CONVERSATION_NOT_FOUND` */
export async function* exportConversations(
  database: DatabaseSync,
  request: ExportRequest,
  signal?: AbortSignal,
): AsyncGenerator<ExportEvent> {
  const { scope, format, now = new Date() } = request;
  const ids = idsOf(database, scope);
  const name = nameOf(database, request);
  let done = 0;
  let held = '';
  const event = (text: string): ExportEvent => {
    const progress = { phase: 'export', done, total: ids.length, unit: 'rows' as const };
    return { type: 'text', text, progress };
  };
  for (const piece of pieces(database, request, ids, name ?? 'Lucie Workbench', now, () => (done += 1))) {
    held += piece;
    if (held.length < pieceLength) continue;
    yield event(held);
    held = '';
    // Other work of this process gets its turn between two pieces.
    await nextTurn();
    signal?.throwIfAborted();
  }
  if (held !== '') yield event(held);
  const fileName = fileNameFor(name, format, now);
  yield { type: 'end', fileName, mediaType: mediaTypes[format], conversationCount: ids.length };
}

function* pieces(
  database: DatabaseSync,
  { format, language, folders, workbenchVersion, scope }: ExportRequest,
  ids: readonly string[],
  name: string,
  now: Date,
  onDone: () => void,
): Generator<string> {
  const labels = exportLabels[language];
  if (format === 'json') {
    const taken = foldersOf(database, scope, ids, folders);
    yield jsonFileStart({ workbenchVersion, exportedAt: now, folders: taken });
  }
  if (format === 'html') yield htmlFileStart(name, labels);
  for (const [at, id] of ids.entries()) {
    if (format === 'json') yield* conversationAsJson(database, id, at === 0);
    else yield readable(database, id, format, labels, at === 0);
    onDone();
  }
  if (format === 'json') yield jsonFileEnd;
  if (format === 'html') yield htmlFileEnd;
}

function idsOf(database: DatabaseSync, scope: ExportScope): string[] {
  if (scope.type === 'conversation') return [readHead(database, scope.conversationId).id];
  const rows =
    scope.type === 'all'
      ? database.prepare('SELECT id FROM conversation ORDER BY created_at, id').all()
      : database.prepare('SELECT id FROM conversation WHERE folder_id = ? ORDER BY created_at, id').all(scope.folderId);
  return rows.map(({ id }) => String(id));
}

/** All of them with everything; else those that something in the file is in. */
function foldersOf(database: DatabaseSync, scope: ExportScope, ids: readonly string[], folders: readonly Folder[]) {
  const folderId = (): string | null => {
    if (scope.type === 'folder') return scope.folderId;
    return ids[0] === undefined ? null : readHead(database, ids[0]).folderId;
  };
  const only = scope.type === 'all' ? null : folderId();
  return folders
    .filter(({ id }) => scope.type === 'all' || id === only)
    .map(({ id, name, createdAt }) => ({ id, name, createdAt }));
}

function nameOf(database: DatabaseSync, { scope, folders, language }: ExportRequest): string | null {
  if (scope.type === 'all') return null;
  if (scope.type === 'folder') return folders.find(({ id }) => id === scope.folderId)?.name ?? null;
  const { title } = readHead(database, scope.conversationId);
  return title === '' ? exportLabels[language].untitled : title;
}
