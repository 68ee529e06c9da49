import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ChatStore, DraftStore, openDatabase } from '../../../../main/chat/index.ts';
import { draftsContract, emptyDraft } from '../../../../main/contract/drafts.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

function setUp() {
  const path = join(temporaryFolder(), 'conversations.sqlite');
  const store = new ChatStore(path);
  store.create({ id: 'c', title: 'One', createdAt: 1 });
  const database = openDatabase(path);
  return { store, database, path, drafts: new DraftStore(database) };
}

const file = { name: 'notes.txt', text: 'été\n' };

it('keeps a draft of each conversation and of the one that has not begun, also for another opening', () => {
  const { drafts, path } = setUp();
  drafts.write('c', { text: 'Bonjour', prefill: '{', attachments: [file] });
  drafts.write(null, { text: 'Nouveau', prefill: '' });
  const again = new DraftStore(openDatabase(path));
  expect(again.read('c')).toEqual({ text: 'Bonjour', prefill: '{', attachments: [file] });
  expect(again.read(null)).toEqual({ text: 'Nouveau', prefill: '', attachments: [] });
  expect(again.read('other')).toEqual(emptyDraft);
});

it('keeps the files where only the text is written, and forgets a draft that is empty', () => {
  const { drafts, database } = setUp();
  drafts.write('c', { text: 'a', prefill: '', attachments: [file] });
  drafts.write('c', { text: 'ab', prefill: '' });
  expect(drafts.read('c')).toEqual({ text: 'ab', prefill: '', attachments: [file] });
  drafts.write('c', { text: '', prefill: '', attachments: [] });
  expect(database.prepare('SELECT count(*) AS n FROM draft').get()).toEqual({ n: 0 });
});

it('goes with its conversation, and is refused for one that is gone', () => {
  const { drafts, store, database } = setUp();
  drafts.write('c', { text: 'a', prefill: '' });
  store.remove('c');
  expect(database.prepare('SELECT count(*) AS n FROM draft').get()).toEqual({ n: 0 });
  expect(() => drafts.write('c', { text: 'b', prefill: '' })).toThrow(
    expect.objectContaining({ code: 'CONVERSATION_NOT_FOUND' }),
  );
});

it('keeps the text of a draft whose files cannot be read', () => {
  const { drafts, database } = setUp();
  drafts.write('c', { text: 'a', prefill: 'b', attachments: [file] });
  database.exec("UPDATE draft SET attachments = 'x'");
  expect(drafts.read('c')).toEqual({ text: 'a', prefill: 'b', attachments: [] });
});

it('bounds the files of a draft', () => {
  const half = { name: 'a', text: 'x'.repeat(9_000_000) };
  const input = (
    draftsContract.write as unknown as { '~orpc': { inputSchema: { safeParse(value: unknown): { success: boolean } } } }
  )['~orpc'].inputSchema;
  const draft = { conversationId: null, text: '', prefill: '' };
  expect(input.safeParse({ ...draft, attachments: [half] }).success).toBe(true);
  expect(input.safeParse({ ...draft, attachments: [half, half] }).success).toBe(false);
});
