import { expect, it } from 'vitest';
import { AnswerEnds } from '../../../main/chat/index.ts';

it('every window hears of an end, until it goes away', async () => {
  const ends = new AnswerEnds();
  const leave = new AbortController();
  const [one, two] = [ends.watch(), ends.watch(leave.signal)];
  const end = {
    conversationId: 'c',
    title: 't',
    messageId: 'm',
    status: 'complete',
    startedAt: 1,
    endedAt: 2,
  } as const;
  ends.publish(end);
  expect((await one.next()).value).toEqual(end);
  expect((await two.next()).value).toEqual(end);
  const waiting = two.next();
  leave.abort();
  await expect(waiting).rejects.toThrow();
  await one.return(undefined);
});
