/** Opens the history: write-ahead log, foreign keys, migrated to the newest schema or refused with a reason. */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { WorkbenchError } from '../contract/errors.ts';
import { migrations } from './migrations.ts';

export function openDatabase(path: string): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true });
  let database: DatabaseSync | undefined;
  try {
    if (existsSync(path)) checkKnownVersion(path);
    database = new DatabaseSync(path, { timeout: 5_000 });
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;');
    migrate(database);
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof WorkbenchError) throw error;
    throw new WorkbenchError(
      'STORE_UNREADABLE',
      `The conversation history ${path} cannot be opened: ${String(error)}`,
      {
        action:
          'Close other copies of the workbench. If the file is damaged, move it away: a new history is then begun.',
        details: { path },
        cause: error,
      },
    );
  }
}

/** Read only, before anything else is done with it: a file of a newer version is left as it is, to the byte. */
function checkKnownVersion(path: string): void {
  const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  try {
    const version = versionOf(database);
    if (version <= migrations.length) return;
    throw new WorkbenchError(
      'STORE_UNREADABLE',
      `The conversation history ${path} has schema ${version}; this version of the workbench knows ${migrations.length}.`,
      { action: 'Install the newer version that wrote it, or move the file away.', details: { path, version } },
    );
  } finally {
    database.close();
  }
}

function migrate(database: DatabaseSync): void {
  const version = versionOf(database);
  for (const [index, step] of migrations.entries()) {
    if (index < version) continue;
    database.exec(`BEGIN; ${step} PRAGMA user_version = ${index + 1}; COMMIT;`);
  }
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version);
}
