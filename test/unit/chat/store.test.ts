import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { migrations } from '../../../main/chat/migrations.ts';
import { ChatStore } from '../../../main/chat/store.ts';
import type { Message } from '../../../main/contract/chat.ts';
import type { GenerationStatistics } from '../../../main/contract/engine.ts';
import { answer, message, token } from '../../fixtures/messages.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

function newStore(path = join(temporaryFolder(), 'history.sqlite')): { store: ChatStore; path: string } {
  const store = new ChatStore(path);
  store.create({ id: 'c', title: 'Capitales', createdAt: 1 });
  return { store, path };
}

test('a conversation reads back as it was stored, also after reopening', () => {
  const { store, path } = newStore();
  const statistics: GenerationStatistics = {
    promptTokens: 9,
    reusedTokens: 4,
    reuse: { reusedTokens: 4, source: 'memory', reason: 'continued', divergedAt: null },
    drafts: { proposed: 0, accepted: 0 },
    prefilledTokens: 5,
    generatedTokens: 2,
    prefillMs: 1.5,
    timeToFirstTokenMs: 2.5,
    decodeMs: 3,
    seed: 4_294_967_295,
  };
  const tokens = [token(5, ' Paris'), token(6, '.')];
  const user = message({ id: 'u', conversationId: 'c', text: 'Où ? 😀\u0000' });
  const reply = answer({ id: 'a', conversationId: 'c', parentId: 'u', status: 'streaming' });
  store.append('c', [user, reply]);
  store.putTokens('a', 0, tokens.slice(0, 1));
  store.putTokens('a', 1, tokens.slice(1));
  const finished: Message = {
    ...reply,
    text: ' Paris.',
    ids: [5, 6],
    tokens,
    tokenCount: 2,
    status: 'complete',
    finishReason: 'stop-token',
    statistics,
    context: { droppedTurns: 3, droppedTokens: 1_204 },
  };
  store.update(finished);
  const expected = { id: 'c', title: 'Capitales', createdAt: 1, messageCount: 2, messages: [user, finished] };
  expect(store.conversation('c')).toMatchObject(expected);
  expect(store.outline('c')).toMatchObject({ ...expected, messages: [user, { ...finished, tokens: [] }] });
  expect(store.tokens('a')).toEqual(tokens);
  store.close();
  expect(new ChatStore(path).conversation('c')).toMatchObject(expected);
});

test('an answer that was under way when the application was killed is kept as far as stored, and marked', () => {
  const { store, path } = newStore();
  store.append('c', [
    message({ id: 'u', conversationId: 'c' }),
    answer({ id: 'a', conversationId: 'c', parentId: 'u', status: 'streaming' }),
  ]);
  store.putTokens('a', 0, [token(5, 'La'), token(6, ' capitale')]);
  // No close(): the process is gone.
  const [, interrupted] = new ChatStore(path).conversation('c').messages;
  expect(interrupted).toMatchObject({ status: 'interrupted', text: 'La capitale', ids: [5, 6] });
  expect(interrupted?.tokens).toHaveLength(2);
});

test('only the shown branch is returned, oldest first', () => {
  const { store } = newStore();
  store.append('c', [
    message({ id: 'u1', conversationId: 'c' }),
    answer({ id: 'a1', conversationId: 'c', parentId: 'u1' }),
  ]);
  store.append('c', [message({ id: 'u2', conversationId: 'c', parentId: 'u1' })]);
  expect(store.conversation('c').messages.map(({ id }) => id)).toEqual(['u1', 'u2']);
});

test('appending is all or nothing', () => {
  const { store } = newStore();
  const good = message({ id: 'u', conversationId: 'c' });
  expect(() => store.append('c', [good, { ...good }])).toThrow();
  expect(store.conversation('c').messages).toEqual([]);
});

test('the list is ordered by use', () => {
  const { store } = newStore();
  store.create({ id: 'd', title: '100 % des tokens', createdAt: 2 });
  store.append('c', [message({ id: 'u', conversationId: 'c', text: 'Parle de Vienne', createdAt: 3 })]);
  expect(store.list().map(({ id }) => id)).toEqual(['c', 'd']);
});

test('removing a conversation removes its messages and tokens', () => {
  const { store, path } = newStore();
  store.append('c', [answer({ id: 'a', conversationId: 'c' })]);
  store.putTokens('a', 0, [token(1, 'x')]);
  store.remove('c');
  expect(() => store.conversation('c')).toThrow(expect.objectContaining({ code: 'CONVERSATION_NOT_FOUND' }));
  store.close();
  const database = new DatabaseSync(path);
  expect(database.prepare('SELECT (SELECT count(*) FROM message) + (SELECT count(*) FROM token) AS n').get()).toEqual({
    n: 0,
  });
});

test('a file that is no database, and one of a newer version, are refused with what to do and left alone', () => {
  const damaged = join(temporaryFolder(), 'damaged.sqlite');
  writeFileSync(damaged, 'not a database, but long enough to be read as one '.repeat(30));
  expect(() => new ChatStore(damaged)).toThrow(expect.objectContaining({ code: 'STORE_UNREADABLE' }));
  const { store, path } = newStore();
  store.close();
  const newer = new DatabaseSync(path);
  newer.exec('PRAGMA user_version = 99');
  newer.close();
  expect(() => new ChatStore(path)).toThrow(/schema 99/);
});

test('a damaged token row costs the rest of a strip, never the history', () => {
  const { store, path } = newStore();
  store.append('c', [answer({ id: 'a', conversationId: 'c', status: 'streaming' })]);
  store.putTokens('a', 0, [token(5, 'La'), token(6, ' mer'), token(7, ' bleue')]);
  store.close();
  const database = new DatabaseSync(path);
  database.exec(`UPDATE token SET data = '{"id":' WHERE position = 1`);
  database.close();
  expect(new ChatStore(path).conversation('c').messages[0]).toMatchObject({
    status: 'interrupted',
    text: 'La',
    ids: [5],
  });
});

test('a history of the first version opens, and its answers do not claim to know what they were fed', () => {
  const path = join(temporaryFolder(), 'history.sqlite');
  const first = new DatabaseSync(path);
  first.exec(`${migrations[0]} PRAGMA user_version = 1;
    INSERT INTO conversation VALUES ('c', 'Capitales', 1, 1, 'a');
    INSERT INTO message (id, conversation_id, role, text, ids, status, created_at)
      VALUES ('a', 'c', 'assistant', 'Paris', x'05000000', 'complete', 1);`);
  first.close();
  const store = new ChatStore(path);
  expect(store.conversation('c').messages).toMatchObject([{ id: 'a', text: 'Paris', ids: [5], context: null }]);
  store.close();
  const database = new DatabaseSync(path);
  expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: migrations.length });
  database.close();
});

test('the branch alone has everything but the statistics of its tokens', () => {
  const { store } = newStore();
  store.append('c', [
    message({ id: 'u', conversationId: 'c' }),
    answer({ id: 'a', conversationId: 'c', parentId: 'u', ids: [5, 6] }),
  ]);
  store.putTokens('a', 0, [token(5, 'La'), token(6, ' mer')]);
  const { messages } = store.conversation('c');
  expect(messages[1]?.tokens).toHaveLength(2);
  expect(store.branch('c')).toEqual(messages.map((one) => ({ ...one, tokens: [] })));
  expect(() => store.branch('nobody')).toThrow(expect.objectContaining({ code: 'CONVERSATION_NOT_FOUND' }));
});

test('a history of the first schema gains receipts and keeps what it has, for which there are none', () => {
  const path = join(temporaryFolder(), 'history.sqlite');
  const old = new DatabaseSync(path);
  old.exec(`${migrations[0]} PRAGMA user_version = 1;`);
  old.exec("INSERT INTO conversation VALUES ('c', 'Capitales', 1, 1, 'a')");
  old.exec(`INSERT INTO message VALUES ('a', 'c', NULL, 'assistant', 'Paris', x'05000000', 'complete', NULL, 'demo', 'h',
    NULL, 'stop-token', NULL, 1)`);
  old.close();
  const store = new ChatStore(path);
  expect(store.conversation('c').messages).toMatchObject([{ text: 'Paris', ids: [5] }]);
  expect(store.receipt('a')).toBe(null);
});
