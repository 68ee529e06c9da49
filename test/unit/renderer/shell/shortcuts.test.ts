import { describe, expect, it, vi } from 'vitest';
import { runShortcut } from '../../../../renderer/shell/shortcuts.ts';

function press(event: Partial<KeyboardEvent>) {
  const show = vi.fn();
  const openConversation = vi.fn();
  const preventDefault = vi.fn();
  const plain = { ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, isComposing: false, preventDefault };
  runShortcut({ ...plain, ...event } as KeyboardEvent, { navigation: { show }, openConversation });
  return { show, openConversation, preventDefault };
}

describe('runShortcut', () => {
  it('shows a pane', () => {
    const { show, preventDefault } = press({ ctrlKey: true, code: 'Digit3' });
    expect(show).toHaveBeenCalledWith('tokens');
    expect(preventDefault).toHaveBeenCalled();
    expect(press({ altKey: true, code: 'Digit5' }).show).toHaveBeenCalledWith('settings');
  });

  it('begins a conversation', () => {
    expect(press({ altKey: true, code: 'KeyN' }).openConversation).toHaveBeenCalledWith(null);
  });

  it.each([
    { code: 'Digit3' },
    { ctrlKey: true, altKey: true, code: 'Digit3' },
    { ctrlKey: true, shiftKey: true, code: 'KeyN' },
    { ctrlKey: true, code: 'Digit6' },
    { ctrlKey: true, code: 'KeyN', isComposing: true },
  ])('leaves %j to others', (event) => {
    const { show, openConversation, preventDefault } = press(event);
    expect(show).not.toHaveBeenCalled();
    expect(openConversation).not.toHaveBeenCalled();
    expect(preventDefault).not.toHaveBeenCalled();
  });
});
