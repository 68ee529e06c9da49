import { expect, it } from 'vitest';
import { chatTexts } from '../../../../renderer/i18n/chat.ts';
import { I18n } from '../../../../renderer/i18n/i18n.svelte.ts';

const reading = (language: 'fr' | 'en', remainingMs: number | null, total: number | null = 2_000): string =>
  new I18n(() => language).t(chatTexts.reading, { done: 420, total, remainingMs }).replace(/\s/g, ' ');

it('reading says how far it is and how long it takes, where that is known and worth a word', () => {
  expect(reading('fr', 12_300)).toBe('Lecture du message : 420 sur 2 000 tokens, encore 12 s');
  expect(reading('en', 12_300)).toBe('Reading the message: 420 of 2,000 tokens, 12 s left');
  expect(reading('en', 999)).toBe('Reading the message: 420 of 2,000 tokens');
  expect(reading('en', null, null)).toBe('Reading the message: 420 tokens');
});
