import { describe, expect, it, vi } from 'vitest';
import type { AnswerEnd } from '../../../../main/contract/chat-answers.ts';
import type { Connection } from '../../../../renderer/connection/connection.ts';
import { AnswerNews, LONG_ANSWER_MS } from '../../../../renderer/shell/answer-news.svelte.ts';

const end = (change: Partial<AnswerEnd> = {}): AnswerEnd => ({
  conversationId: 'c',
  title: 'Une question',
  messageId: 'm',
  status: 'complete',
  startedAt: 0,
  endedAt: LONG_ANSWER_MS,
  ...change,
});

async function news(ends: readonly AnswerEnd[], { isWanted = true, isLookedAt = false } = {}) {
  const stop = new AbortController();
  async function* stream() {
    yield* ends;
    stop.abort();
  }
  const client = { chat: { answers: () => Promise.resolve(stream()) } };
  const connection = { client, state: 'open', whenOpen: () => Promise.resolve() } as unknown as Connection;
  let look = (): void => undefined;
  const notify = vi.fn((_end: AnswerEnd, _onclick: () => void) => true);
  const open = vi.fn();
  const attention = { isLookedAt: () => isLookedAt, onLook: (listener: () => void) => void (look = listener), notify };
  const store = new AnswerNews(connection, { attention, isWanted: () => isWanted, open });
  await store.run(stop.signal);
  return { store, notify, open, look: () => look() };
}

describe('AnswerNews', () => {
  it('notifies of a long answer that nobody saw end, and opens its conversation', async () => {
    const { store, notify, open, look } = await news([end()]);
    expect(notify).toHaveBeenCalledOnce();
    notify.mock.calls[0]?.[1]();
    expect(open).toHaveBeenCalledWith('c');
    expect(store.unseenCount).toBe(1);
    look();
    expect(store.unseenCount).toBe(0);
  });

  it.each([
    ['a short one', end({ endedAt: LONG_ANSWER_MS - 1 })],
    ['a stopped one', end({ status: 'stopped' })],
  ])('says nothing of %s', async (_name, answer) => {
    const { store, notify } = await news([answer]);
    expect(notify).not.toHaveBeenCalled();
    expect(store.unseenCount).toBe(0);
  });

  it('says nothing to who looks', async () => {
    expect((await news([end()], { isLookedAt: true })).store.unseenCount).toBe(0);
  });

  it('counts conversations in the title where no notification is wanted', async () => {
    const { store, notify } = await news([end(), end(), end({ conversationId: 'd', status: 'failed' })], {
      isWanted: false,
    });
    expect(notify).not.toHaveBeenCalled();
    expect(store.unseenCount).toBe(2);
  });
});
