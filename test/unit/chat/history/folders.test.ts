import { expect, test } from 'vitest';
import { aHistory, fillHistory } from './a-history.ts';

test('a conversation is in one folder or in none; a deleted folder lets go of what was in it', () => {
  const { store, history } = aHistory();
  const { folders } = history;
  store.create({ id: 'c', title: 'Capitales', createdAt: 1 });
  const [one, other] = [folders.create('Études'), folders.create('Archives')];
  folders.move('c', one.id);
  folders.move('c', other.id);
  expect(folders.list().map(({ name, conversationCount }) => [name, conversationCount])).toEqual([
    ['Archives', 1],
    ['Études', 0],
  ]);
  folders.rename(one.id, 'Lectures');
  folders.remove(other.id);
  expect(store.summary('c')).toMatchObject({ folderId: null, title: 'Capitales' });
  expect(folders.list().map(({ name }) => name)).toEqual(['Lectures']);
});

test('a name is there once; what is not there is said', () => {
  const { history } = aHistory();
  const { folders } = history;
  const { id } = folders.create('Études');
  expect(() => folders.create('Études')).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  folders.rename(id, 'Études');
  for (const call of [() => folders.remove('x'), () => folders.rename('x', 'y'), () => folders.get('x')]) {
    expect(call).toThrow(expect.objectContaining({ code: 'FOLDER_NOT_FOUND' }));
  }
  expect(() => folders.move('c', id)).toThrow(expect.objectContaining({ code: 'CONVERSATION_NOT_FOUND' }));
  expect(() => folders.pin('c', true)).toThrow(expect.objectContaining({ code: 'CONVERSATION_NOT_FOUND' }));
});

test('a pin stays what it was when it is set again, and changes no date', () => {
  const { store, history } = aHistory();
  fillHistory({ store, history, path: '' });
  const before = store.summary('c1');
  history.folders.pin('c1', true);
  expect(store.summary('c1')).toEqual(before);
  history.folders.pin('c1', false);
  expect(store.summary('c1')).toEqual({ ...before, pinnedAt: null });
});
