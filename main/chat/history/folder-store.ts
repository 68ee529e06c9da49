/** Folders of conversations, and what is pinned. A conversation is in one folder or in none; folders hold no folders. */
import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { folderSchema, type Folder } from '../../contract/chat-history.ts';
import { WorkbenchError } from '../../contract/errors.ts';
import { conversationNotFound } from '../conversation-not-found.ts';

const columns = `id, name, created_at AS createdAt,
  (SELECT count(*) FROM conversation WHERE folder_id = folder.id) AS conversationCount`;

export class FolderStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  list(): Folder[] {
    const rows = this.#database.prepare(`SELECT ${columns} FROM folder ORDER BY created_at, id`).all();
    const folders = rows.map((row) => folderSchema.parse(row));
    return folders.toSorted((one, other) => one.name.localeCompare(other.name));
  }

  /** @throws WorkbenchError `FOLDER_NOT_FOUND` */
  get(folderId: string): Folder {
    const row = this.#database.prepare(`SELECT ${columns} FROM folder WHERE id = ?`).get(folderId);
    if (row === undefined) throw folderNotFound(folderId);
    return folderSchema.parse(row);
  }

  create(name: string): Folder {
    const id = randomUUID();
    this.#checkNameFree(name, id);
    this.#database.prepare('INSERT INTO folder (id, name, created_at) VALUES (?, ?, ?)').run(id, name, Date.now());
    return this.get(id);
  }

  rename(folderId: string, name: string): void {
    this.get(folderId);
    this.#checkNameFree(name, folderId);
    this.#database.prepare('UPDATE folder SET name = ? WHERE id = ?').run(name, folderId);
  }

  /** The schema takes what was in it out of it. */
  remove(folderId: string): void {
    const { changes } = this.#database.prepare('DELETE FROM folder WHERE id = ?').run(folderId);
    if (changes === 0) throw folderNotFound(folderId);
  }

  move(conversationId: string, folderId: string | null): void {
    if (folderId !== null) this.get(folderId);
    this.#change(conversationId, 'UPDATE conversation SET folder_id = ? WHERE id = ?', folderId);
  }

  /** The time is that of the first of several pins in a row. */
  pin(conversationId: string, isPinned: boolean): void {
    const statement = isPinned
      ? 'UPDATE conversation SET pinned_at = coalesce(pinned_at, ?) WHERE id = ?'
      : 'UPDATE conversation SET pinned_at = ? WHERE id = ?';
    this.#change(conversationId, statement, isPinned ? Date.now() : null);
  }

  #change(conversationId: string, statement: string, value: string | number | null): void {
    const { changes } = this.#database.prepare(statement).run(value, conversationId);
    if (changes === 0) throw conversationNotFound(conversationId);
  }

  #checkNameFree(name: string, folderId: string): void {
    const taken = this.list().find((folder) => folder.id !== folderId && folder.name === name);
    if (taken === undefined) return;
    throw new WorkbenchError('INVALID_INPUT', `There is a folder "${name}" already.`, {
      action: 'Choose another name.',
      details: { name },
    });
  }
}

function folderNotFound(folderId: string): WorkbenchError {
  return new WorkbenchError('FOLDER_NOT_FOUND', `There is no folder ${folderId}.`, {
    action: 'It may have been deleted in another window: choose one from the list.',
    details: { folderId },
  });
}
