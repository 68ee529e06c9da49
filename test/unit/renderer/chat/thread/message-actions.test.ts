import { describe, expect, it, vi } from 'vitest';
import type { Message } from '../../../../../main/contract/chat.ts';
import type { Connection } from '../../../../../renderer/connection/connection.ts';
import { MessageActions } from '../../../../../renderer/chat/thread/message-actions.svelte.ts';
import { answer, message, token } from '../../../../fixtures/messages.ts';

const question = message({ id: 'q', conversationId: 'c' });
const reply = answer({ id: 'a', conversationId: 'c', parentId: 'q', text: ' Paris.', tokenCount: 2 });

function setUp() {
  const chat = {
    edit: vi.fn(() => Promise.resolve({ messageId: 'edited' })),
    answer: vi.fn(() => Promise.resolve({ assistantMessageId: 'new' })),
    show: vi.fn(() => Promise.resolve()),
    removeMessage: vi.fn(() => Promise.resolve()),
    restoreMessage: vi.fn(() => Promise.resolve()),
  };
  const removed: Message[] = [];
  const open = { id: 'c' as string | null };
  const actions = new MessageActions({ client: { chat } } as unknown as Connection, {
    conversationId: () => open.id,
    removed: (one) => removed.push(one),
  });
  return { chat, actions, removed, open };
}

const asked = { conversationId: 'c', parentId: 'q', prefill: '' };

describe('MessageActions', () => {
  it('answers again from nothing, onward from the end, and from a token with an alternative', async () => {
    const { chat, actions } = setUp();
    await actions.answerAgain(question);
    await actions.regenerate(reply);
    await actions.goOn(reply);
    await actions.branch(reply, 1, 66);
    const taken = (tokens: number, alternativeId: number | null) => ({ messageId: 'a', tokens, alternativeId });
    expect(chat.answer.mock.calls).toEqual([
      [{ ...asked, takeOver: null }],
      [{ ...asked, takeOver: null }],
      [{ ...asked, takeOver: taken(2, null) }],
      [{ ...asked, takeOver: taken(1, 66) }],
    ]);
  });

  it('an answer that a person wrote goes on from its text', async () => {
    const { chat, actions } = setUp();
    await actions.goOn({ ...reply, tokenCount: 0, model: null });
    expect(chat.answer).toHaveBeenCalledWith({ ...asked, takeOver: null, prefill: ' Paris.' });
  });

  it('an edited question is stored, then answered; the editor closes once it is stored', async () => {
    const { chat, actions } = setUp();
    actions.beginEdit('q');
    await actions.editAndSend(question, 'Bonsoir', []);
    expect(chat.edit).toHaveBeenCalledWith({ conversationId: 'c', messageId: 'q', text: 'Bonsoir', attachments: [] });
    expect(chat.answer).toHaveBeenCalledWith({ ...asked, parentId: 'edited', takeOver: null });
    expect(actions.editing).toBeNull();
  });

  it('what fails is told, keeps the editor open and answers nothing', async () => {
    const { chat, actions } = setUp();
    chat.edit.mockRejectedValueOnce(new Error('busy'));
    actions.beginEdit('q');
    await actions.editAndSend(question, 'Bonsoir');
    expect(actions.editing).toBe('q');
    expect(actions.error?.message).toContain('busy');
    expect(chat.answer).not.toHaveBeenCalled();
    actions.dismissError();
    expect(actions.error).toBeNull();
  });

  it('a removed message can be restored, also after another conversation was opened', async () => {
    const { chat, actions, removed, open } = setUp();
    await actions.remove(reply);
    expect(removed).toEqual([reply]);
    open.id = 'other';
    await actions.restore(reply);
    expect(chat.restoreMessage).toHaveBeenCalledWith({ conversationId: 'c', messageId: 'a' });
    chat.removeMessage.mockRejectedValueOnce(new Error('busy'));
    await actions.remove(reply);
    expect(removed).toHaveLength(1);
  });

  it('does one thing at a time, and nothing in a conversation that has not begun', async () => {
    const { chat, actions, open } = setUp();
    await Promise.all([actions.regenerate(reply), actions.regenerate(reply)]);
    expect(chat.answer).toHaveBeenCalledOnce();
    expect(actions.pending).toBe(false);
    open.id = null;
    await actions.show('a');
    expect(chat.show).not.toHaveBeenCalled();
  });

  it('knows nothing to answer for a first message that is an answer', async () => {
    const { chat, actions } = setUp();
    await actions.regenerate(answer({ id: 'x', conversationId: 'c', tokens: [token(1, 'a')] }));
    expect(chat.answer).not.toHaveBeenCalled();
  });
});
