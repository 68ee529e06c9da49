import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { conversationFileSchema, type ConversationFile } from '../../../../main/contract/conversation-file.ts';
import { message } from '../../../fixtures/messages.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { aHistory, exported, fillHistory, imported, type AHistory } from './a-history.ts';

const fixtures = join(import.meta.dirname, '../../../fixtures/history');

function fileOf(content: string | Uint8Array, name = 'conversations.json'): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}

async function exportedFile(one: AHistory): Promise<ConversationFile> {
  return conversationFileSchema.parse(JSON.parse((await exported(one.history, 'json')).text));
}

/** But for the moment of the export. */
async function state(one: AHistory) {
  const { exportedAt: _moment, ...file } = await exportedFile(one);
  return file;
}

test('export, import into an empty history, export: the same, ids, tokens and receipts included', async () => {
  const [one, other] = [aHistory(), aHistory()];
  fillHistory(one);
  const { text, end } = await exported(one.history, 'json');
  expect(end).toMatchObject({ conversationCount: 2, mediaType: 'application/json' });
  const report = await imported(other.history, fileOf(text));
  expect(report).toMatchObject({ kind: 'lucie-workbench', imported: 2, unchanged: 0, skippedCount: 0 });
  expect(await state(other)).toEqual(await state(one));
  expect(other.store.conversation('c1')).toEqual(one.store.conversation('c1'));
  expect(other.store.receipt('a1')).toEqual(one.store.receipt('a1'));
  expect(other.history.search('abeba', 5).hits).toHaveLength(1);
});

test('a second import changes nothing, whatever was renamed, moved or shown meanwhile', async () => {
  const one = aHistory();
  fillHistory(one);
  const path = fileOf((await exported(one.history, 'json')).text);
  one.store.rename('c1', 'Autrement');
  one.history.folders.pin('c1', false);
  one.store.show('c1', 'a1');
  const before = await state(one);
  expect(await imported(one.history, path)).toMatchObject({ imported: 0, unchanged: 2 });
  expect(await state(one)).toEqual(before);
});

test('the same id with other messages: both are kept, also after a third import', async () => {
  const one = aHistory();
  fillHistory(one);
  const path = fileOf((await exported(one.history, 'json')).text);
  one.store.append('c1', [message({ id: 'u9', conversationId: 'c1', parentId: 'a3', text: 'Et Lima ?' })]);
  const before = one.store.conversation('c1');
  const report = await imported(one.history, path);
  expect(report).toMatchObject({ imported: 1, unchanged: 1, underNewIdsCount: 1, underNewIds: ['Les capitales'] });
  expect(one.store.conversation('c1')).toEqual(before);
  const beside = one.store.list().find(({ id, title }) => title === 'Les capitales' && id !== 'c1');
  const copy = one.store.conversation(beside?.id ?? '');
  expect(copy.messages.map(({ text }) => text)).toEqual(before.messages.slice(0, -1).map(({ text }) => text));
  expect(copy.messages[1]?.editedFrom).toBe(copy.tree.find(({ excerpt }) => excerpt === 'Paris.')?.id);
  expect(await imported(one.history, path)).toMatchObject({ imported: 0, unchanged: 2 });
  expect(one.store.list()).toHaveLength(3);
});

test('bad conversations are told with their place, the others are taken', async () => {
  const one = aHistory();
  fillHistory(one);
  const file = await exportedFile(one);
  const [good, small] = file.conversations;
  if (good === undefined || small === undefined) throw new Error('Two conversations were exported.');
  const [first] = small.messages;
  const bad = [
    { ...small, id: 'b1', title: 'Sans rôle', messages: [{ ...first, id: 'x1', role: 'robot' }] },
    {
      ...small,
      id: 'b2',
      title: 'Sans parent',
      messages: [{ ...first, id: 'x2', parentId: 'gone' }],
      shownLeafId: 'x2',
    },
    { ...small, id: 'b3', title: 'Deux fois', messages: [first, first] },
    { ...small, id: 'b4', title: 'Sans feuille', messages: [{ ...first, id: 'x4' }], shownLeafId: 'nowhere' },
    7,
  ];
  const other = aHistory();
  const report = await imported(
    other.history,
    fileOf(JSON.stringify({ ...file, conversations: [bad[0], good, ...bad.slice(1)] })),
  );
  expect(report).toMatchObject({ imported: 1, skippedCount: 5 });
  expect(report.skipped.map(({ place, title, reason }) => [place, title, reason])).toEqual([
    ['conversations[0]', 'Sans rôle', 'invalid'],
    ['conversations[2]', 'Sans parent', 'invalid'],
    ['conversations[3]', 'Deux fois', 'invalid'],
    ['conversations[4]', 'Sans feuille', 'invalid'],
    ['conversations[5]', '', 'invalid'],
  ]);
  expect(report.skipped[0]?.detail).toContain('messages.0.role');
  expect(other.store.list().map(({ id }) => id)).toEqual(['c1']);
});

test('a file that breaks off gives what it has and says where it ends', async () => {
  const one = aHistory();
  fillHistory(one);
  const { text } = await exported(one.history, 'json');
  const other = aHistory();
  const report = await imported(other.history, fileOf(text.slice(0, -40)));
  expect(report).toMatchObject({ imported: 1, skipped: [{ reason: 'file-ends' }] });
});

test('files that are none are refused, each with its reason', async () => {
  const { history } = aHistory();
  const reason = async (content: string | Uint8Array) => {
    try {
      await imported(history, fileOf(content));
      return 'taken';
    } catch (error) {
      return (error as { code: string; details: { reason?: string } }).details.reason ?? 'other';
    }
  };
  expect(await reason(Buffer.from('PK\x03\x04rest', 'latin1'))).toBe('zip');
  expect(await reason('')).toBe('not-json');
  expect(await reason('hello')).toBe('not-json');
  expect(await reason(Buffer.from('\uFEFF[]', 'utf16le'))).toBe('not-json');
  expect(await reason('{"format":"lucie-workbench-conversations","version":2,"conversations":[]}')).toBe('newer');
  expect(await reason('{"format":"lucie-workbench-conversations","version":1,"conversations":[')).toBe('ends-early');
  expect(await reason('[1 2]')).toBe('taken'); // The first element is told as bad, then where the file breaks.
  expect(await reason('[}')).toBe('broken');
  expect(await reason('[]')).toBe('nothing');
  await expect(imported(history, join(temporaryFolder(), 'none.json'))).rejects.toMatchObject({
    code: 'FILE_NOT_FOUND',
  });
  await expect(imported(history, temporaryFolder())).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
});

test('conversations of other programs are read only, found, and copied to be gone on with', async () => {
  const { store, history } = aHistory();
  const report = await imported(history, join(fixtures, 'chatgpt-conversations.json'));
  expect(report).toMatchObject({ kind: 'chatgpt', imported: 1, omittedParts: 3, skippedCount: 2 });
  expect(report.skipped.map(({ place, reason }) => [place, reason])).toEqual([
    ['[1]', 'invalid'],
    ['[2]', 'empty'],
  ]);
  const [summary] = store.list();
  expect(summary).toMatchObject({ title: 'Recette de crêpes', isReadOnly: true, source: { kind: 'chatgpt' } });
  expect(history.search('oeufs lait', 5).hits).toHaveLength(0);
  const [hit] = history.search('œufs lait', 5).hits;
  expect(hit?.conversation.id).toBe(summary?.id);
  expect(await imported(history, join(fixtures, 'chatgpt-conversations.json'))).toMatchObject({
    imported: 0,
    unchanged: 1,
  });

  const copy = history.copy(summary?.id ?? '');
  expect(copy).toMatchObject({ isReadOnly: false, messageCount: 3, title: 'Recette de crêpes' });
  const texts = (id: string) => store.conversation(id).messages.map(({ text }) => text);
  expect(texts(copy.id)).toEqual(texts(summary?.id ?? ''));

  expect(await imported(history, join(fixtures, 'lm-studio.conversation.json'))).toMatchObject({
    kind: 'lm-studio',
    imported: 1,
  });
  expect(await imported(history, join(fixtures, 'lm-studio-early.json'))).toMatchObject({
    kind: 'lm-studio',
    imported: 1,
  });
});

test('an import that is left keeps what was taken and takes no more', async () => {
  const one = aHistory();
  fillHistory(one);
  const path = fileOf((await exported(one.history, 'json')).text);
  const other = aHistory();
  const leaving = new AbortController();
  const events = other.history.import(path, leaving.signal);
  while (other.store.list().length === 0) await events.next();
  leaving.abort();
  await expect(
    (async () => {
      for await (const _event of events);
    })(),
  ).rejects.toThrow();
  expect(other.store.list().map(({ id }) => id)).toEqual(['c1']);
});

test('a folder alone, a conversation alone', async () => {
  const one = aHistory();
  fillHistory(one);
  one.history.folders.create('Vide');
  const [folder] = one.history.folders.list();
  const parse = (text: string) => conversationFileSchema.parse(JSON.parse(text));
  const ofFolder = await exported(one.history, 'json', { type: 'folder', folderId: folder?.id ?? '' });
  expect(ofFolder.end.fileName).toBe('Géographie.json');
  expect(parse(ofFolder.text)).toMatchObject({ folders: [{ name: 'Géographie' }], conversations: [{ id: 'c1' }] });
  const alone = await exported(one.history, 'json', { type: 'conversation', conversationId: 'c2' });
  expect(alone.end.fileName).toBe('Sans-titre.json');
  expect(parse(alone.text)).toMatchObject({ folders: [], conversations: [{ id: 'c2' }] });
  expect(() =>
    one.history.export({ scope: { type: 'folder', folderId: 'x' }, format: 'json', language: 'fr' }),
  ).toThrow(expect.objectContaining({ code: 'FOLDER_NOT_FOUND' }));
});
