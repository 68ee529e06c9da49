import { expect, test } from 'vitest';
import { answer, message, token } from '../../../fixtures/messages.ts';
import { aHistory, fillHistory, type AHistory } from './a-history.ts';

const found = ({ history }: AHistory, text: string) =>
  history.search(text, 10).hits.map(({ conversation, messageId }) => [conversation.id, messageId]);

test('accents, case and unfinished words make no difference; every branch is searched', () => {
  const one = aHistory();
  fillHistory(one);
  expect(found(one, 'ethiop')).toEqual([['c1', 'u2']]);
  expect(found(one, 'ÉVIDEMMENT')).toEqual([['c1', 'a2']]);
  // On a branch that is not shown.
  one.store.show('c1', 'a1');
  expect(found(one, 'addis abeba')).toEqual([['c1', 'a3']]);
  expect(found(one, 'crepes')).toEqual([['c2', 'u3']]);
  expect(found(one, 'capitales')).toEqual([['c1', null]]);
  // All words, in one text.
  expect(found(one, 'recette capitale')).toEqual([]);
  expect(found(one, '"est la capitale"')).toEqual([['c1', 'u1']]);
  expect(found(one, '"la est capitale"')).toEqual([]);
});

test('what was found is marked, in the message and in the title', () => {
  const one = aHistory();
  fillHistory(one);
  const [hit] = one.history.search('capitale', 10).hits;
  const marked = ({ text, marks }: { text: string; marks: [number, number][] }) =>
    marks.map(([from, to]) => text.slice(from, to));
  expect(hit?.title).toEqual({ text: 'Les capitales', marks: [[4, 13]] });
  expect(hit?.matchCount).toBe(2);
  const [inMessage] = one.history.search('ethiopie celle', 10).hits;
  expect(inMessage?.snippet === null || inMessage === undefined ? [] : marked(inMessage.snippet)).toEqual([
    'celle',
    'Éthiopie',
  ]);
});

test('a removed message is not found until it is restored; a deleted conversation is gone from the index', () => {
  const one = aHistory();
  fillHistory(one);
  one.store.removeMessage('c1', 'u2');
  expect(found(one, 'abeba')).toEqual([]);
  one.store.restoreMessage('c1', 'u2');
  expect(found(one, 'abeba')).toEqual([['c1', 'a3']]);
  one.store.rename('c1', 'Villes');
  expect(found(one, 'villes')).toEqual([['c1', null]]);
  one.store.remove('c1');
  expect(found(one, 'villes')).toEqual([]);
  const { n } = one.store.database.prepare('SELECT count(*) AS n FROM search_text').get() ?? {};
  expect(n).toBe(1);
});

test('an answer is indexed when it has ended, not while it grows', () => {
  const one = aHistory();
  one.store.create({ id: 'c', title: '', createdAt: 1 });
  const reply = answer({ id: 'a', conversationId: 'c', parentId: 'u', status: 'streaming' });
  one.store.append('c', [message({ id: 'u', conversationId: 'c' }), reply]);
  const changesOfIndex = () => Number(one.store.database.prepare('SELECT max(id) AS n FROM search_entry').get()?.n);
  const before = changesOfIndex();
  for (let i = 0; i < 20; i += 1) one.store.putTokens('a', i, [token(i, ' Lyon')]);
  one.store.update({ ...reply, text: ' Lyon' });
  expect(changesOfIndex()).toBe(before);
  expect(found(one, 'lyon')).toEqual([]);
  one.store.update({ ...reply, text: ' Lyon', status: 'complete' });
  expect(found(one, 'lyon')).toEqual([['c', 'a']]);
});

test('of two that fit alike the younger one comes first, and a title comes before a text', () => {
  const one = aHistory();
  const now = Date.now();
  for (const [id, age] of [
    ['old', 400],
    ['young', 1],
    ['named', 400],
  ] as const) {
    one.store.create({ id, title: id === 'named' ? 'Bordeaux' : 'Sans rapport', createdAt: now - age * 86_400_000 });
    const text = id === 'named' ? 'Bonjour' : 'Parle de Bordeaux';
    one.store.append(id, [message({ id: `u-${id}`, conversationId: id, text, createdAt: now - age * 86_400_000 })]);
  }
  expect(found(one, 'bordeaux').map(([id]) => id)).toEqual(['named', 'young', 'old']);
});

test('an index that is damaged is made anew', () => {
  const one = aHistory();
  fillHistory(one);
  one.store.database.enableDefensive(false);
  one.store.database.exec('DELETE FROM search_text_data WHERE id > 10');
  expect(found(one, 'addis')).toEqual([['c1', 'a3']]);
});
