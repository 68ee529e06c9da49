import { expect, it, vi } from 'vitest';
import type { GeneratedToken } from '../../../../main/contract/tokens.ts';
import { MessageTokens } from '../../../../renderer/chat/message-tokens.svelte.ts';
import type { Connection } from '../../../../renderer/connection/connection.ts';
import { token } from '../../../fixtures/messages.ts';
import { aMessage } from './messages.ts';

const tokens = [token(5, ' Paris'), token(6, '.')];
const unread = aMessage({ status: 'complete', tokens: [], tokenCount: 2 });

function setUp(read: (input: { messageId: string }) => Promise<GeneratedToken[]>) {
  const ask = vi.fn(read);
  const connection = { client: { chat: { tokens: ask } } } as unknown as Connection;
  return { messageTokens: new MessageTokens(connection), ask };
}

it('reads the tokens of an answer once, when they are looked at', async () => {
  const { messageTokens, ask } = setUp(() => Promise.resolve(tokens));
  expect(messageTokens.of(unread)).toBeNull();
  expect(ask).not.toHaveBeenCalled();
  await Promise.all([messageTokens.load(unread), messageTokens.load(unread)]);
  await messageTokens.load(unread);
  expect(ask.mock.calls).toEqual([[{ messageId: 'm1' }]]);
  expect(messageTokens.of(unread)).toEqual(tokens);
});

it('takes those that a message has, and those seen as they were generated', () => {
  const { messageTokens, ask } = setUp(() => Promise.reject(new Error('not asked')));
  const whole = aMessage({ tokens, tokenCount: 2 });
  expect(messageTokens.of(whole)).toBe(tokens);
  messageTokens.keep(whole);
  expect(messageTokens.of(unread)).toEqual(tokens);
  expect(messageTokens.of(aMessage({ tokens: [], tokenCount: 0 }))).toEqual([]);
  expect(ask).not.toHaveBeenCalled();
});

it('says why they could not be read, and reads again when asked again', async () => {
  let isBroken = true;
  const { messageTokens } = setUp(() => (isBroken ? Promise.reject(new Error('gone')) : Promise.resolve(tokens)));
  await messageTokens.load(unread);
  expect(messageTokens.errorOf(unread)?.message).toContain('gone');
  isBroken = false;
  await messageTokens.load(unread);
  expect(messageTokens.errorOf(unread)).toBeNull();
  expect(messageTokens.of(unread)).toEqual(tokens);
});

it('forgets the answers that were looked at longest ago', async () => {
  const { messageTokens } = setUp(() => Promise.resolve(tokens));
  const messages = Array.from({ length: 65 }, (_, index) => aMessage({ id: `m${index}`, tokens: [], tokenCount: 2 }));
  for (const message of messages) await messageTokens.load(message);
  expect(messages.map((message) => messageTokens.of(message) !== null).indexOf(true)).toBe(1);
});
