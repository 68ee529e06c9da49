import { describe, expect, it } from 'vitest';
import { originOf } from '../../../../../renderer/chat/thread/message-origin.ts';
import { plainText } from '../../../../../renderer/chat/thread/plain-text.ts';
import { siblingStep } from '../../../../../renderer/chat/thread/sibling-step.ts';
import { answer, message } from '../../../../fixtures/messages.ts';

const ids = { id: 'm', conversationId: 'c' };

it('knows where a message that somebody changed comes from', () => {
  expect(originOf(message(ids))).toBeNull();
  expect(originOf(message({ ...ids, editedFrom: 'other' }))).toEqual({ kind: 'reworded' });
  expect(originOf(answer(ids))).toBeNull();
  expect(originOf(answer({ ...ids, model: null, editedFrom: 'other' }))).toEqual({ kind: 'edited-by-you' });
  expect(originOf(answer({ ...ids, editedFrom: 'other', takenTokens: 7 }))).toEqual({ kind: 'taken', tokens: 7 });
  expect(originOf(answer({ ...ids, prefill: 'Oui' }))).toEqual({ kind: 'begun' });
  // Imported answers name no model either, but nobody edited them.
  expect(originOf(answer({ ...ids, model: null }))).toBeNull();
});

describe('plainText', () => {
  it.each([
    ['**Paris** est la `capitale`\nde [la France](https://x.fr).', 'Paris est la capitale\nde la France.'],
    ['# Titre\n\nUn\n\nDeux', 'Titre\n\nUn\n\nDeux'],
    ['- a\n- **b**\n  - c', '- a\n- b\n  - c'],
    ['3. a\n4. b', '3. a\n4. b'],
    ['```js\nlet a = "*";\n```', 'let a = "*";'],
    ['| a | b |\n|---|---|\n| 1 | *2* |', 'a\tb\n1\t2'],
    ['> cité', 'cité'],
  ])('%j', (markdown, expected) => expect(plainText(markdown)).toBe(expected));

  it('gives back what is nested too deeply to be read', () => {
    const deep = '>'.repeat(20_000);
    expect(plainText(deep)).toBe(deep);
  });
});

describe('siblingStep', () => {
  const press = (key: string, modifiers: Partial<KeyboardEvent> = {}) =>
    siblingStep({ key, altKey: false, ctrlKey: false, metaKey: false, ...modifiers });

  it('Alt and an arrow, or a bracket however the keyboard writes it', () => {
    expect(press('ArrowRight', { altKey: true })).toBe(1);
    expect(press('ArrowLeft', { altKey: true })).toBe(-1);
    expect(press('[')).toBe(-1);
    expect(press(']', { altKey: true, ctrlKey: true })).toBe(1);
  });

  it('leaves other keys alone', () => {
    expect(press('ArrowRight')).toBeNull();
    expect(press('ArrowRight', { altKey: true, ctrlKey: true })).toBeNull();
    expect(press(']', { metaKey: true })).toBeNull();
    expect(press('a')).toBeNull();
  });
});
