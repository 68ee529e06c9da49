import { describe, expect, it } from 'vitest';
import { addTokens, replaceMessage } from '../../../../renderer/chat/conversation-changes.ts';
import { token as aToken } from '../../../fixtures/messages.ts';
import { aConversation, aMessage } from './messages.ts';

const question = aMessage({ id: 'q', role: 'user', text: 'Qui ?', status: 'complete' });
const answer = aMessage({ id: 'a', text: 'La', ids: [1], tokens: [aToken(1, 'La')] });
const conversation = aConversation([question, answer]);

describe('addTokens', () => {
  it('adds text, ids and tokens to their message and shares the others', () => {
    const batch = [aToken(2, ' ville'), aToken(3, '')].map((token) => ({ messageId: 'a', token }));
    const next = addTokens(conversation, batch);
    expect(next.messages[0]).toBe(question);
    expect(next.messages[1]).toMatchObject({ text: 'La ville', ids: [1, 2, 3] });
    expect(next.messages[1]?.tokens).toHaveLength(3);
    expect(conversation.messages[1]?.text).toBe('La');
  });

  it('drops tokens of a message that is not shown', () => {
    expect(addTokens(conversation, [{ messageId: 'x', token: aToken(2, 'no') }]).messages).toEqual([question, answer]);
  });
});

describe('replaceMessage', () => {
  it('puts the stored message in its place', () => {
    const stored = aMessage({ id: 'a', text: 'La ville', status: 'complete' });
    expect(replaceMessage(conversation, stored).messages).toEqual([question, stored]);
  });

  it('adds a message that was not known', () => {
    const stored = aMessage({ id: 'b' });
    expect(replaceMessage(conversation, stored).messages.at(-1)).toBe(stored);
  });
});
