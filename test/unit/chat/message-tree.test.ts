import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ChatStore } from '../../../main/chat/store.ts';
import { answer, message } from '../../fixtures/messages.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

/** A question with two answers, the second of which was asked on; and another wording of the question, with one answer. */
function setUp() {
  const path = join(temporaryFolder(), 'history.sqlite');
  const store = new ChatStore(path);
  store.create({ id: 'c', title: '', createdAt: 1 });
  const made = (id: string, parentId: string | null, role: 'user' | 'assistant') => {
    const common = { id, parentId, conversationId: 'c', text: `${id}\n dit` };
    store.append('c', [role === 'user' ? message(common) : answer({ ...common, ids: [1] })]);
  };
  made('u1', null, 'user');
  made('a1', 'u1', 'assistant');
  made('a2', 'u1', 'assistant');
  made('u2', 'a2', 'user');
  made('a3', 'u2', 'assistant');
  made('v1', null, 'user');
  made('b1', 'v1', 'assistant');
  return { path, store };
}

const shown = (store: ChatStore) => store.conversation('c').messages.map(({ id }) => id);
const nodes = (store: ChatStore) => store.conversation('c').tree.map(({ id }) => id);

test('the tree lists every message, parents before children and siblings in the order in which they were made', () => {
  const { store } = setUp();
  expect(nodes(store)).toEqual(['u1', 'a1', 'a2', 'u2', 'a3', 'v1', 'b1']);
  expect(store.conversation('c').tree[1]).toMatchObject({ parentId: 'u1', role: 'assistant', excerpt: 'a1 dit' });
  expect(shown(store)).toEqual(['v1', 'b1']);
});

test('a branch is shown down to its newest message', () => {
  const { store } = setUp();
  store.show('c', 'u1');
  expect(shown(store)).toEqual(['u1', 'a2', 'u2', 'a3']);
  store.show('c', 'a1');
  expect(shown(store)).toEqual(['u1', 'a1']);
  expect(() => store.show('c', 'nowhere')).toThrow(expect.objectContaining({ code: 'MESSAGE_NOT_FOUND' }));
});

test('what is removed goes with all that follows it, and comes back as it was', () => {
  const { store } = setUp();
  store.show('c', 'a3');
  store.removeMessage('c', 'u2');
  store.removeMessage('c', 'a2');
  expect(shown(store)).toEqual(['u1', 'a1']);
  expect(nodes(store)).toEqual(['u1', 'a1', 'v1', 'b1']);
  expect(store.summary('c').messageCount).toBe(4);
  expect(() => store.message('c', 'a3')).toThrow(expect.objectContaining({ code: 'MESSAGE_NOT_FOUND' }));
  store.restoreMessage('c', 'a2');
  expect(shown(store)).toEqual(['u1', 'a2']);
  store.restoreMessage('c', 'u2');
  expect(shown(store)).toEqual(['u1', 'a2', 'u2', 'a3']);
  expect(() => store.restoreMessage('c', 'u2')).toThrow(expect.objectContaining({ code: 'MESSAGE_NOT_FOUND' }));
});

test('where everything is removed nothing is shown, and what is purged cannot be restored', () => {
  const { store, path } = setUp();
  store.removeMessage('c', 'u1');
  expect(shown(store)).toEqual(['v1', 'b1']);
  store.removeMessage('c', 'v1');
  expect(shown(store)).toEqual([]);
  store.close();
  const reopened = new ChatStore(path);
  reopened.purge();
  expect(nodes(reopened)).toEqual([]);
  expect(() => reopened.restoreMessage('c', 'v1')).toThrow(expect.objectContaining({ code: 'MESSAGE_NOT_FOUND' }));
});

test('what is removed above hides what was restored below it', () => {
  const { store } = setUp();
  store.show('c', 'a3');
  store.removeMessage('c', 'a3');
  store.removeMessage('c', 'u1');
  store.restoreMessage('c', 'a3');
  expect(shown(store)).toEqual(['v1', 'b1']);
  expect(nodes(store)).toEqual(['v1', 'b1']);
  store.restoreMessage('c', 'u1');
  expect(nodes(store)).toEqual(['u1', 'a1', 'a2', 'u2', 'a3', 'v1', 'b1']);
});
