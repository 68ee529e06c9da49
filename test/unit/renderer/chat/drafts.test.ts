import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { emptyDraft, type Draft } from '../../../../main/contract/drafts.ts';
import { Drafts } from '../../../../renderer/chat/drafts.svelte.ts';
import type { Connection } from '../../../../renderer/connection/connection.ts';
import { connectionLost } from '../../../../renderer/rpc.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp(stored: Draft = emptyDraft) {
  const read = vi.fn(() => Promise.resolve(stored));
  const write = vi.fn((_draft: object): Promise<void> => Promise.resolve());
  const drafts = new Drafts({ client: { drafts: { read, write } } } as unknown as Connection);
  return { drafts, read, write };
}

const file = { name: 'a.txt', text: 'abc' };

it('stores once after a run of keystrokes, without the files that it stored before', async () => {
  const { drafts, write } = setUp();
  for (const text of ['B', 'Bo', 'Bon']) drafts.write('c', text);
  await vi.advanceTimersByTimeAsync(500);
  expect(write.mock.calls).toEqual([[{ conversationId: 'c', text: 'Bon', prefill: '' }]]);
  drafts.attach('c', file);
  drafts.write('c', 'Bonj');
  drafts.flush();
  expect(write).toHaveBeenLastCalledWith({ conversationId: 'c', text: 'Bonj', prefill: '', attachments: [file] });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(write).toHaveBeenCalledTimes(2);
});

it('what was written before the stored draft came goes behind it', async () => {
  const { drafts } = setUp({ text: 'Stored', prefill: '{', attachments: [file] });
  const opening = drafts.open(null);
  drafts.write(null, 'typed');
  await opening;
  expect(drafts.draft(null)).toEqual({ text: 'Stored\n\ntyped', prefill: '{', attachments: [file] });
});

it('is tried again when the line was down, and given up for a conversation that is gone', async () => {
  const { drafts, write } = setUp();
  write.mockRejectedValueOnce(connectionLost());
  drafts.write('c', 'a');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(write).toHaveBeenCalledTimes(2);
});

it('takes away what was sent and keeps what was written since', () => {
  const { drafts } = setUp();
  drafts.write(null, 'Bonjour');
  drafts.attach(null, file);
  drafts.writePrefill(null, '{');
  const sent = drafts.draft(null);
  drafts.write(null, 'Bonjour et');
  drafts.attach(null, file);
  drafts.sent(null, sent);
  expect(drafts.draft(null)).toEqual({ text: 'et', prefill: '', attachments: [{ name: 'a (2).txt', text: 'abc' }] });
});

it('refuses files beyond what a draft may have', () => {
  const { drafts } = setUp();
  expect(drafts.attach(null, { name: 'a', text: 'x'.repeat(9_000_000) })).toBe(true);
  expect(drafts.attach(null, { name: 'b', text: 'x'.repeat(9_000_000) })).toBe(false);
});
