import { describe, expect, it, vi } from 'vitest';
import { I18n } from '../../../../renderer/i18n/i18n.svelte.ts';
import { keyboardRows } from '../../../../renderer/shell/keyboard/keyboard-rows.ts';
import { shortcutLabel } from '../../../../renderer/shell/keyboard/shortcut-label.ts';
import { runShortcut, shortcutIds, shortcutOf, shortcuts, type Keys } from '../../../../renderer/shell/shortcuts.ts';

const plain = { key: '', code: '', ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, isComposing: false };
const press = (event: Partial<KeyboardEvent>) => ({ ...plain, ...event }) as KeyboardEvent;

describe('shortcutOf', () => {
  it.each([
    [{ ctrlKey: true, code: 'Digit3' }, 'pane-tokens'],
    [{ altKey: true, code: 'Digit5' }, 'pane-settings'],
    [{ altKey: true, code: 'KeyN' }, 'new-conversation'],
    [{ ctrlKey: true, code: 'KeyK' }, 'palette'],
    [{ ctrlKey: true, shiftKey: true, code: 'KeyP' }, 'palette'],
    [{ ctrlKey: true, shiftKey: true, code: 'KeyF' }, 'search'],
    [{ altKey: true, code: 'PageDown' }, 'next-conversation'],
    [{ key: 'F1', code: 'F1' }, 'help'],
    [{ key: '?', shiftKey: true, code: 'Comma' }, 'help'],
  ] as const)('%j is %s', (event, id) => {
    expect(shortcutOf(press(event), false)).toBe(id);
  });

  it.each([
    { code: 'Digit3' },
    { ctrlKey: true, altKey: true, code: 'Digit3' },
    { ctrlKey: true, shiftKey: true, code: 'KeyN' },
    { ctrlKey: true, code: 'Digit6' },
    { ctrlKey: true, code: 'KeyN', isComposing: true },
    { altKey: true, code: 'KeyK' },
    { ctrlKey: true, code: 'KeyP' },
    { ctrlKey: true, code: 'KeyF' },
    { metaKey: true, code: 'KeyK' },
    { key: '?', ctrlKey: true },
  ])('leaves %j to others', (event) => {
    expect(shortcutOf(press(event), false)).toBeNull();
  });

  it('writes a question mark where one is being written; F1 works there too', () => {
    expect(shortcutOf(press({ key: '?' }), true)).toBeNull();
    expect(shortcutOf(press({ key: 'F1' }), true)).toBe('help');
  });

  it('gives each key to one command only', () => {
    const all = shortcutIds.flatMap((id) =>
      shortcuts[id].map(({ code, ...keys }: Keys) => `${code} ${keys.shift ?? false}`),
    );
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('runShortcut', () => {
  it('takes the key only where its command is there', () => {
    const preventDefault = vi.fn();
    const event = press({ ctrlKey: true, code: 'KeyK', preventDefault });
    runShortcut(event, false, () => false);
    expect(preventDefault).not.toHaveBeenCalled();
    runShortcut(event, false, (id) => id === 'palette');
    expect(preventDefault).toHaveBeenCalledOnce();
  });
});

describe('labels', () => {
  const { t } = new I18n(() => 'fr');

  it('say the keys of the host', () => {
    expect(shortcutLabel('new-conversation', 'browser', t)).toBe('Alt+N');
    expect(shortcutLabel('new-conversation', 'electron', t)).toBe('Ctrl+N');
    expect(shortcutLabel('search', 'browser', t)).toBe('Ctrl+Maj+F');
    expect(shortcutLabel('next-conversation', 'browser', t)).toBe('Alt+Pg suiv.');
  });

  it('are all in the list of keys', () => {
    const rows = keyboardRows('browser', t);
    for (const id of shortcutIds.filter((one) => !/^pane-(data|tokens|models)$/.test(one))) {
      expect(
        rows.some(({ keys }) => keys.includes(shortcutLabel(id, 'browser', t))),
        id,
      ).toBe(true);
    }
    expect(new Set(rows.map(({ action }) => action)).size).toBe(rows.length);
  });
});
