import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { migrations } from '../../../../main/chat/migrations.ts';
import { answerPieces } from '../../../fixtures/history/old-rows.ts';
import { oldHistoryPath, oldVersions, writeOldHistory } from '../../../fixtures/history/write-old-histories.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { aHistory } from './a-history.ts';

/** A copy that may be migrated. */
function oldHistory(version: number): string {
  const path = join(temporaryFolder(), 'conversations.sqlite');
  copyFileSync(oldHistoryPath(version), path);
  return path;
}

describe.each(oldVersions)('a history of schema %i', (version) => {
  test('is what the steps of its time made', () => {
    const again = join(temporaryFolder(), 'again.sqlite');
    writeOldHistory(again, version);
    const dump = (path: string) => {
      const database = new DatabaseSync(path, { readOnly: true });
      const all = (statement: string) => database.prepare(statement).all();
      const schema = all('SELECT name, sql FROM sqlite_schema ORDER BY name');
      const rows = ['conversation', 'message', 'token'].map((table) => all(`SELECT * FROM ${table}`));
      database.close();
      return JSON.stringify([schema, rows]);
    };
    expect(dump(oldHistory(version))).toBe(dump(again));
  });

  test('opens with every message and token, and is searched', () => {
    const path = oldHistory(version);
    const { store, history } = aHistory(path);
    expect(store.list().map(({ id, title, messageCount }) => [id, title, messageCount])).toEqual([
      ['voyage', 'Préparer un séjour', version >= 4 ? 5 : 4],
      ['empty', '', 0],
    ]);
    const { messages, options } = store.conversation('voyage');
    const [question, answer, second, broken] = messages;
    expect(messages.map(({ id }) => id)).toEqual(['question', 'answer', 'second', 'broken']);
    expect(question).toMatchObject({ text: 'Quelle est la capitale de l’Éthiopie ?', attachments: [] });
    expect(question?.ids).toHaveLength(38);
    expect(answer).toMatchObject({
      status: 'complete',
      finishReason: 'stop-token',
      context: version >= 2 ? { droppedTurns: 1 } : null,
    });
    expect(answer?.sampling).toMatchObject({ temperature: 0.6, stopStrings: [] });
    expect(answer?.statistics).toMatchObject({ seed: 7, reuse: null });
    expect(answer?.tokens.map(({ text }) => text)).toEqual([...answerPieces]);
    expect(answer?.tokens[0]).toMatchObject({ probability: null, alternatives: [{ logProbability: -0.25 }] });
    expect(second?.parentId).toBe('answer');
    // It was under way when that version ended.
    expect(broken).toMatchObject({ status: 'interrupted', text: 'La capitale de' });
    expect(broken?.tokens).toHaveLength(3);
    expect(store.receipt('answer')?.promptIds ?? []).toHaveLength(version >= 3 ? 12 : 0);
    expect(options.systemPrompt).toBe(version >= 4 ? 'Réponds en français.' : '');

    const hits = (text: string) => history.search(text, 5).hits.map(({ messageId }) => messageId);
    expect(hits('addis')).toEqual(['answer']);
    expect(hits('specialite')).toEqual(['second']);
    expect(hits('capitale de')).toContain('broken');
    expect(hits('sejour')).toEqual([null]);
    // What was deleted in that version stays so.
    expect(hits('secret')).toEqual([]);
    expect(hits('perou')).toEqual(version >= 4 ? ['edited'] : []);
    history.folders.move('voyage', history.folders.create('Voyages').id);
    store.close();
    const again = aHistory(path);
    expect(again.history.folders.list()).toMatchObject([{ name: 'Voyages', conversationCount: 1 }]);
    expect(again.store.conversation('voyage').messages).toEqual(messages);
  });
});

test('the newest schema was not forgotten: what comes before it has a file', () => {
  expect(Math.max(...oldVersions)).toBe(migrations.length - 1);
});

test('what a killed version left in its write-ahead log is there', () => {
  const path = oldHistory(3);
  const running = new DatabaseSync(path);
  running.exec('PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0');
  running.exec(`INSERT INTO message (id, conversation_id, parent_id, role, text, ids, status, created_at)
    VALUES ('late', 'voyage', 'second', 'assistant', 'Le doro wat.', x'', 'complete', 1); UPDATE conversation SET leaf_id = 'late'`);
  // Killed: nobody closes it, so the log is not written back into the file.
  const left = join(temporaryFolder(), 'left.sqlite');
  copyFileSync(path, left);
  copyFileSync(`${path}-wal`, `${left}-wal`);
  expect(readFileSync(`${left}-wal`).byteLength).toBeGreaterThan(0);
  const { store, history } = aHistory(left);
  expect(store.conversation('voyage').messages.at(-1)).toMatchObject({ id: 'late', text: 'Le doro wat.' });
  expect(history.search('doro wat', 5).hits.map(({ messageId }) => messageId)).toEqual(['late']);
  running.close();
});

test('a history of a newer version is refused and stays as it is, to the byte', () => {
  const path = oldHistory(3);
  const newer = new DatabaseSync(path);
  newer.exec(`PRAGMA journal_mode = DELETE; PRAGMA user_version = ${migrations.length + 1}`);
  newer.close();
  const before = readFileSync(path);
  expect(() => aHistory(path)).toThrow(expect.objectContaining({ code: 'STORE_UNREADABLE' }));
  expect(readFileSync(path).equals(before)).toBe(true);
  expect(existsSync(`${path}-wal`)).toBe(false);
});

test('a step that fails leaves the history as it was', () => {
  const path = oldHistory(2);
  const database = new DatabaseSync(path);
  // A table of the same name stands in the way of a later step.
  database.exec('CREATE TABLE folder (id TEXT)');
  database.close();
  expect(() => aHistory(path)).toThrow(expect.objectContaining({ code: 'STORE_UNREADABLE' }));
  const after = new DatabaseSync(path, { readOnly: true });
  expect(after.prepare('SELECT count(*) AS n FROM token').get()?.n).toBe(10);
  after.close();
});

test('a file that is no history is refused and not touched', () => {
  const path = join(temporaryFolder(), 'conversations.sqlite');
  writeFileSync(
    path,
    'This is not a database at all, but a text that is long enough to be read as a header of one. '.repeat(8),
  );
  const before = readFileSync(path);
  expect(() => aHistory(path)).toThrow(expect.objectContaining({ code: 'STORE_UNREADABLE' }));
  expect(readFileSync(path).equals(before)).toBe(true);
});
