import { expect, it } from 'vitest';
import { AnswerAnnouncer } from '../../../../../renderer/chat/thread/answer-announcer.svelte.ts';
import { aConversation, aMessage } from '../messages.ts';

const holding = (change: Parameters<typeof aMessage>[0]) => aConversation([aMessage(change)]);

it('tells that an answer is being written once, and how it ended', () => {
  const announcer = new AnswerAnnouncer();
  announcer.heard(holding({ status: 'streaming' }));
  const first = announcer.announcement;
  expect(first).toEqual({ kind: 'answering' });
  announcer.heard(holding({ status: 'streaming', text: ' Pa' }));
  expect(announcer.announcement).toBe(first);
  announcer.heard(holding({ status: 'complete', tokenCount: 12 }));
  expect(announcer.announcement).toEqual({ kind: 'answered', tokens: 12 });
});

it('a conversation that is opened has nothing to tell of answers that ended before', () => {
  const announcer = new AnswerAnnouncer();
  announcer.heard(null);
  announcer.heard(holding({ status: 'complete', tokenCount: 12 }));
  expect(announcer.announcement).toEqual({ kind: 'none' });
});

it('what was stopped is told; what broke off says so in its own place', () => {
  const announcer = new AnswerAnnouncer();
  announcer.heard(holding({ status: 'streaming' }));
  announcer.heard(holding({ status: 'stopped' }));
  expect(announcer.announcement).toEqual({ kind: 'stopped' });
  announcer.heard(holding({ id: 'm2', status: 'streaming' }));
  announcer.heard(holding({ id: 'm2', status: 'interrupted' }));
  expect(announcer.announcement).toEqual({ kind: 'none' });
});

it('the same text asked for twice is said twice', () => {
  const announcer = new AnswerAnnouncer();
  const said = [1, 2, 3].map(() => {
    announcer.read('Paris.');
    return announcer.announcement;
  });
  expect(said.map((one) => (one.kind === 'text' ? one.text.trim() : ''))).toEqual(['Paris.', 'Paris.', 'Paris.']);
  expect(said[0]).not.toEqual(said[1]);
  expect(said[1]).not.toEqual(said[2]);
});
